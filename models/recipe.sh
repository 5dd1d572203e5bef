# The default model's recipe, for train.sh and card.sh, which set corpora, encoder and here.
# recipe COMMAND [OPTION...]: serenade COMMAND on the default model's clips, with its settings.
recipe() {
  command=$1
  shift
  "$here/../serenade" "$command" \
    --manifest "$corpora/emodb/manifest.csv" \
    --manifest "$corpora/emovo/manifest.csv" \
    --manifest "$corpora/ravdess/manifest.csv" \
    --labels "$here/labels.yaml" --emotions angry,happy,neutral,sad \
    --encoder "$encoder" --layer 3 --pooling qkv --epochs 12 --label-smoothing 0.1 --frame-share 0.25 --seed 1 \
    --augment telephone+noise:30 --augment babble:15 --augment tilt:0.8 --augment tilt:-0.8+noise:20 \
    "$@"
}
