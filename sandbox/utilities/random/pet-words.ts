/** How something is done. */
export const adverbs = `
  amply barely boldly bravely briefly brightly busily calmly cheaply clearly closely coolly daily
  dearly deeply duly eagerly early easily evenly fairly finely firmly freely fully gently gladly
  gravely greatly highly jointly justly keenly kindly largely lightly likely loosely loudly mildly
  mostly mutually nearly neatly newly nicely openly plainly purely quickly quietly rarely readily
  really safely sharply slowly smoothly softly solely steadily strictly strongly surely swiftly
  tightly truly vastly visibly warmly weekly widely wisely
`
  .trim()
  .split(/\s+/);

/** What somebody is like. */
export const adjectives = `
  able agile alert amber ample apt awake bold brave brief bright brisk busy calm candid central
  civil clean clear clever close coral cosy crisp curious daring dear deep direct eager early easy
  elegant even exact fair fine firm fleet fluent fond frank free fresh full gentle glad golden
  good grand great green handy happy hardy honest humble ideal keen kind large light lively loyal
  lucid lucky major mellow merry mighty mild modest neat nimble noble open patient plain polite
  prime proper proud pure quick quiet rapid rare ready rich robust safe settled sharp simple
  sincere smart smooth social solid sound steady sterling still strong sunny swift tender thorough
  tidy true trusty upright useful valid vital vivid warm welcome willing wise witty worthy
`
  .trim()
  .split(/\s+/);

/** Animals. */
export const names = `
  albatross alpaca ant antelope auk badger bass bat bear beaver bee beetle bison boar bobcat buck
  buffalo bunting buzzard camel caribou carp cat chamois cheetah chicken cicada clam cobra cod
  colt condor corgi cougar cow coyote crab crane cricket crow cub deer dingo doe dog dolphin
  donkey dove duck eagle eel egret elephant elk emu ermine falcon fawn ferret finch firefly fish
  fox foxhound frog gannet gazelle gecko gibbon giraffe gnu goat goose gopher goshawk grouse gull
  hamster hare hawk hedgehog hen heron herring hippo hornet horse hound ibex ibis iguana impala
  jackal jaguar jay kangaroo katydid kestrel kid kingfisher kitten kiwi koala lamb lark lemming
  lemur leopard limpet lion lizard llama lobster lynx macaque macaw magpie mallard mammoth manatee
  mantis marlin marmot marten martin mastiff mink minnow mole mollusk monkey moose moth mouse mule
  mullet muskox newt ocelot octopus opossum orca oriole osprey ostrich otter owl ox oyster panda
  panther parakeet parrot peacock pelican penguin perch pheasant pig pigeon pika pipit platypus
  pony poodle porpoise possum prawn puffin puma python quail rabbit raccoon ram raptor raven ray
  reindeer rhino robin rooster salamander salmon scorpion seagull seahorse seal shad sheep
  shepherd shrew shrimp skink skylark sloth snail snake snipe sparrow spider sponge squid squirrel
  stag stallion starfish starling stingray stork sturgeon sunfish swallow swan swift tahr tapir
  tarpon teal termite tern terrapin thrush tiger toad tortoise toucan trout tuna turkey turtle
  urchin vole wallaby walrus warbler warthog weasel weevil whale whippet wolf wombat woodcock
  woodpecker wren yak zebra
`
  .trim()
  .split(/\s+/);
