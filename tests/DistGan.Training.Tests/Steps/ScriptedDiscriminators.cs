using DistGan.Training.Links;

namespace DistGan.Training.Tests.Steps;

/// <summary>The other replicas as a test writes them: what they answer, what comes from the generator, and what comes in a swap.</summary>
internal sealed class ScriptedDiscriminators : IDiscriminatorExchange
{
    public List<GeneratorVersion> Sent { get; } = [];

    public List<float[]> Answers { get; } = [];

    public List<(SwapOrder Order, int Target, MovedDiscriminator Own)> Swaps { get; } = [];

    /// <summary>What is heard of a version.</summary>
    public Func<GeneratorVersion, GeneratorFeedback?> Feedback { get; set; } = static _ => null;

    /// <summary>The task of each call, from 1.</summary>
    public Func<long, DiscriminatorTask?> Task { get; set; } = static _ => null;

    public Func<MovedDiscriminator, MovedDiscriminator?> Swapped { get; set; } = static _ => null;

    /// <summary>Calls of <see cref="Next"/>.</summary>
    public long Taken { get; set; }

    public IReadOnlyList<int> Members { get; set; } = [0];

    public bool IsOver { get; set; }

    public void Send(GeneratorVersion version) => Sent.Add(version);

    public GeneratorFeedback? Hear() => Feedback(Sent[^1]);

    public DiscriminatorTask? Next() => Task(++Taken);

    public void Answer(ReadOnlyMemory<float> gradient) => Answers.Add(gradient.ToArray());

    public MovedDiscriminator? Swap(SwapOrder order, int target, MovedDiscriminator own)
    {
        Swaps.Add((order, target, own));
        return Swapped(own);
    }

    /// <summary>Numbers in [−1, 1) that depend on the seed alone.</summary>
    public static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
