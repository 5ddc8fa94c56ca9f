"""Fingerprints that two people read to each other on the telephone: six words.

The words come out of scrypt over the keys, so that trying keys until the words fit (48 bits)
costs a tenth of a second and 32 MiB for each try.
"""

import hashlib

WORDS_SHOWN = 6
_COST = 2**15
_BLOCK = 8
_MEMORY_BYTES = 64 * 1024 * 1024
_SALT = b"embassy-desk fingerprint 1"

# Short, common and unlike one another when spoken; a new list would change every fingerprint.
_LIST = (
    "acid actor adult album alley amber anchor ankle apple april apron arch arena arrow atlas "
    "attic autumn bacon badge bagel baker balcony ballet bamboo banana banner barber barrel "
    "basket battery beach beacon beard beetle bell bench berry bicycle bishop blanket blossom "
    "bonnet border bottle bracket branch brandy bread breeze brick bridge broom brush bubble "
    "bucket buffalo bullet butter button cabin cactus camel camera canal candle cannon canvas "
    "captain carpet carrot castle cattle cedar cellar cement chalk chapel cherry chess chicken "
    "chimney circus citrus clock clover coach cobra coffee collar comet compass copper coral "
    "cotton crayon cricket crown crystal curtain cushion dancer daisy desert diamond dinner "
    "doctor dolphin donkey dragon drum eagle earth easel echo elbow elephant engine falcon "
    "farmer feather fender ferry fiddle finger flame flute forest fossil fountain fox galaxy "
    "garden garlic ginger giraffe glacier glove goblet gorilla granite grape guitar hammer "
    "harbour harvest hazel helmet hermit hockey honey hornet hotel igloo iguana insect island "
    "ivory jacket jaguar jasmine jelly jewel jigsaw jungle kettle king kitten koala ladder "
    "lagoon lantern lemon leopard lettuce library lilac lizard lobster locket magnet mango maple "
    "marble market meadow melon mirror monkey mosaic mountain mustard napkin needle nickel north "
    "nutmeg oasis ocean octopus olive onion opera orange orchid otter oyster paddle palace "
    "panther parrot peach pebble pelican pencil pepper piano pigeon pillow planet pocket poppy "
    "potato pumpkin puzzle rabbit radar raven ribbon river robin rocket saddle salmon sandal "
    "scarf shadow shelter shoulder silver sparrow spider statue sugar summer sunset table temple "
    "thunder tiger tomato trumpet tunnel turtle valley velvet violin"
)
_WORDS = tuple(_LIST.split())


def fingerprint_words(*keys: bytes) -> str:
    """Return six words that stand for these keys in this order; takes a tenth of a second."""
    mixed = hashlib.scrypt(
        b"".join(len(each).to_bytes(2) + each for each in keys),
        salt=_SALT,
        n=_COST,
        r=_BLOCK,
        p=1,
        maxmem=_MEMORY_BYTES,
        dklen=WORDS_SHOWN,
    )
    return " ".join(_WORDS[each] for each in mixed)
