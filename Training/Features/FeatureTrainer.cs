using DistGan.Recipes;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// Fits the classifier behind <see cref="FeatureNetwork"/> by cross-entropy on images that are shifted and may be mirrored, and keeps the
/// weights of the turn with the best answers on held-out images. A tool, seeded through libtorch's global generator.
/// </summary>
/// <param name="options">How.</param>
/// <param name="report">Hears of each turn: its number, the mean loss and the held-out accuracy.</param>
public sealed class FeatureTrainer(FeatureTrainingOptions options, Action<int, double, double> report)
{
    private readonly SeedSequence _seeds = new(options.Seed, 0);

    /// <summary>Fits on labelled images 1×28×28 of ten classes.</summary>
    /// <exception cref="DistGanException">The data do not fit the network.</exception>
    public TrainedFeatures Train(IDataSet data)
    {
        Check(data);
        random.manual_seed(_seeds.For("features"));
        using var scope = NewDisposeScope();
        using var classifier = new TrainableClassifier(options.Dropout);
        using var optimizer = new DecayingAdam(classifier.parameters(), options.WeightDecay);
        var order = Enumerable.Range(0, (int)data.Count).ToArray();
        _seeds.RandomFor("held-out").Shuffle(order);
        var (heldOut, fitted) = (order[..options.HeldOut], order[options.HeldOut..]);
        var best = new TrainedFeatures([], 0, 0);
        for (var pass = 1; pass <= options.Passes && pass <= best.Pass + options.Patience; pass++)
        {
            optimizer.Rate = Rate(pass);
            var loss = Turn(classifier, optimizer, data, fitted, pass);
            var weights = classifier.Fold();
            var accuracy = Accuracy(weights, data, heldOut);
            report(pass, loss, accuracy);
            best = accuracy > best.HeldOutAccuracy ? new TrainedFeatures(weights, accuracy, pass) : best;
        }

        return best;
    }

    /// <summary>Share of items whose largest logit is that of their label.</summary>
    public static double Accuracy(FeatureNetwork network, IDataSet data, IReadOnlyList<int> items)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        var (right, itemBytes) = (0, data.Shape.ItemBytes);
        foreach (var chunk in items.Chunk(500))
        {
            using var scope = NewDisposeScope();
            var bytes = new byte[chunk.Length * itemBytes];
            for (var i = 0; i < chunk.Length; i++)
            {
                data.Read(chunk[i], bytes.AsSpan(i * itemBytes, itemBytes));
            }

            var answers = network.Logits(SampleCodec.Decode(bytes, data.Shape, chunk.Length)).argmax(1).data<long>().ToArray();
            right += answers.Where((answer, i) => answer == data.LabelOf(chunk[i])).Count();
        }

        return (double)right / items.Count;
    }

    private static double Accuracy(IReadOnlyList<Snapshots.NamedArray> weights, IDataSet data, int[] items)
    {
        using var network = new FeatureNetwork("fitted", "", weights);
        return Accuracy(network, data, items);
    }

    private void Check(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Shape != new SampleShape(1, FeatureNetwork.ImageSize, FeatureNetwork.ImageSize) || data.Classes != FeatureNetwork.Classes || data.Count < options.HeldOut + options.Batch)
        {
            throw new DistGanException($"A feature network is fitted on at least {options.HeldOut + options.Batch} images 1×28×28 with labels 0 to 9, but {data.Name} has {data.Count} of {data.Shape} in {data.Classes} classes.");
        }
    }

    private double Rate(int pass) => options.Rate * (0.01 + 0.99 * (1 + Math.Cos(Math.PI * (pass - 1) / options.Passes)) / 2);

    private double Turn(TrainableClassifier classifier, DecayingAdam optimizer, IDataSet data, int[] fitted, int pass)
    {
        var random = _seeds.RandomFor("features-pass", pass);
        random.Shuffle(fitted);
        var (total, batches) = (0.0, fitted.Length / options.Batch);
        for (var b = 0; b < batches; b++)
        {
            using var scope = NewDisposeScope();
            var items = fitted.AsSpan(b * options.Batch, options.Batch);
            var images = Augmented(data, items, random);
            var labels = tensor(items.ToArray().Select(i => (long)data.LabelOf(i)).ToArray());
            classifier.zero_grad();
            var loss = nn.functional.cross_entropy(classifier.forward(images), labels);
            loss.backward();
            optimizer.Update();
            total += loss.item<float>();
        }

        return total / batches;
    }

    /// <summary>Each image shifted over background and, where that is on, half of the time mirrored.</summary>
    private Tensor Augmented(IDataSet data, ReadOnlySpan<int> items, Random random)
    {
        const int Size = FeatureNetwork.ImageSize;
        var (bytes, image) = (new byte[items.Length * Size * Size], new byte[Size * Size]);
        for (var i = 0; i < items.Length; i++)
        {
            data.Read(items[i], image);
            var (dx, dy, mirror) = (random.Next(-options.Shift, options.Shift + 1), random.Next(-options.Shift, options.Shift + 1), random.Next(2) == 1 && options.Mirror);
            for (var y = Math.Max(0, dy); y < Math.Min(Size, Size + dy); y++)
            {
                for (var x = Math.Max(0, dx); x < Math.Min(Size, Size + dx); x++)
                {
                    bytes[(i * Size + y) * Size + (mirror ? Size - 1 - x : x)] = image[(y - dy) * Size + x - dx];
                }
            }
        }

        return SampleCodec.Decode(bytes, data.Shape, items.Length);
    }
}
