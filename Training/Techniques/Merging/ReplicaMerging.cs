using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Techniques.Merging;

/// <summary>
/// Merges θ and β of both players with the other replicas of the job (local SGD, Stich 2019), or with one of them at a time (gossip). At boundary k
/// the replica first moves by the outcome of what it contributed at boundary k−1, θ ← θ + p·(m − c), and then contributes; what it trained in
/// between stays. Optimisers stay local, and an exponential moving average follows the local θ.
/// </summary>
public sealed class ReplicaMerging : Technique
{
    private const string Counter = "merging";
    private TechniqueContext? _context;
    private long _samples;
    private long _version;
    private long _boundary;
    private int _members;
    private long _skipped;

    public override string Name => TopologyRecipe.Averaging;

    private TechniqueContext Context => _context ?? throw new InvalidOperationException("The replica is not attached.");

    private IMergeSource Source => Context.Links.Merges
        ?? throw new DistGanException($"Topology {Context.Recipe.Topology.Kind} needs a place where replicas merge; this caller gives none: take topology.kind independent.");

    public override void Attach(TechniqueContext context) => _context = context;

    public override void AfterUpdate(PlayerModel model) => _samples += model.Player == Player.Discriminator ? Context.Recipe.Batch : 0;

    public override void AtBoundary(long boundary, long step)
    {
        if (boundary > 1 && Source.Take(boundary - 1) is { } merged)
        {
            using (merged)
            {
                Move(merged);
            }
        }

        Source.Contribute(new MergeContribution(boundary, _version, _samples, Vectors.ToDictionary(static pair => pair.Key, static pair => Numbers(pair.Value))));
        _samples = 0;
    }

    /// <summary>Takes θ and β from the current merge, as a replica does that comes to a job under way.</summary>
    public void Join(MergedParameters current)
    {
        foreach (var (vector, values) in Vectors.Where(pair => current.Vectors.ContainsKey(pair.Key)))
        {
            MergeArithmetic.Replace(values, current.Vectors[vector].Target);
        }

        Refresh();
        _version = current.Version;
    }

    public override void Report(IDictionary<string, double> values, long step)
    {
        values[MetricNames.MergeStalenessSteps] = step - (_boundary * Context.Recipe.Topology.RoundSteps);
        values[MetricNames.MergeMembers] = _members;
        if (Context.Recipe.Topology.Gossips())
        {
            values[MetricNames.PartnersSkipped] = _skipped;
        }
    }

    public override void Capture(StateBuilder state) => state.Counters[Counter] = new JsonArray(_samples, _version, _boundary, _members, _skipped);

    public override void Restore(StateView state)
    {
        var counters = state.Counter(Counter).AsArray();
        _samples = counters[0]!.GetValue<long>();
        _version = counters[1]!.GetValue<long>();
        _boundary = counters[2]!.GetValue<long>();
        _members = counters[3]!.GetValue<int>();
        _skipped = counters.Count > 4 ? counters[4]!.GetValue<long>() : 0;
    }

    private IReadOnlyDictionary<MergedVector, torch.Tensor> Vectors => new Dictionary<MergedVector, torch.Tensor>
    {
        [MergedVector.DiscriminatorParameters] = Context.Discriminator.Parameters.Values,
        [MergedVector.DiscriminatorStatistics] = Context.Discriminator.Buffers.Values,
        [MergedVector.GeneratorParameters] = Context.Generator.Parameters.Values,
        [MergedVector.GeneratorStatistics] = Context.Generator.Buffers.Values,
    };

    private static ReadOnlyMemory<float> Numbers(torch.Tensor vector)
    {
        var numbers = new float[vector.numel()];
        VectorBytes.CopyTo(vector, numbers);
        return numbers;
    }

    private void Move(MergedParameters merged)
    {
        _members = merged.Members;
        _skipped += merged.Skipped;
        foreach (var (vector, target) in merged.Vectors)
        {
            var values = Vectors[vector];
            if (vector is MergedVector.DiscriminatorStatistics or MergedVector.GeneratorStatistics)
            {
                MergeArithmetic.MoveStatistics(values, target, merged.Pull);
            }
            else
            {
                MergeArithmetic.Move(values, target, merged.Pull);
            }
        }

        // Where nobody moved, what is here is as old as before.
        if (merged.Vectors.Count > 0)
        {
            (_version, _boundary) = (merged.Version, merged.Boundary);
            Refresh();
        }
    }

    private void Refresh()
    {
        Context.Generator.Parameters.Refresh();
        Context.Discriminator.Parameters.Refresh();
    }
}
