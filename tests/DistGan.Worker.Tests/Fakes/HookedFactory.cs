using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Worker.Replicas;
using TorchSharp;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Real replicas, with something to do after each step of each of them.</summary>
internal sealed class HookedFactory(Action<int, IReplica> afterStep) : IReplicaFactory
{
    private readonly TrainingReplicaFactory _real = new();
    private int _joined;

    /// <summary>Scores in place of the true ones.</summary>
    public Func<IReplica, Evaluation>? Score { get; init; }

    /// <summary>How often a replica took the current merge.</summary>
    public int Joined => Volatile.Read(ref _joined);

    public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links)
        => new Session(_real.Open(recipe, ordinal, lease, links), ordinal, this);

    private void AfterStep(int ordinal, IReplica replica) => afterStep(ordinal, replica);

    private sealed class Session(IReplicaSession real, int ordinal, HookedFactory owner) : IReplicaSession
    {
        public IReplica Replica { get; } = new Hooked(real.Replica, ordinal, owner);

        public string DataFingerprint => real.DataFingerprint;

        public SampleShape Shape => real.Shape;

        public DataLabels? Labels => real.Labels;

        public Evaluation Evaluate() => owner.Score?.Invoke(real.Replica) ?? real.Evaluate();

        public Func<byte[]> Draw() => real.Draw();

        public void Dispose() => real.Dispose();
    }

    private sealed class Hooked(IReplica real, int ordinal, HookedFactory owner) : IReplica
    {
        public long Step => real.Step;

        public long Images => real.Images;

        public SampleShape Shape => real.Shape;

        public DataLabels? Labels => real.Labels;

        public LatentLayout Layout => real.Layout;

        public bool IsOver => real.IsOver;

        public void Advance()
        {
            real.Advance();
            owner.AfterStep(ordinal, real);
        }

        public ReplicaState Capture() => real.Capture();

        public void Restore(ReplicaState state) => real.Restore(state);

        public void StartFrom(StartWeights weights) => real.StartFrom(weights);

        public void Join(MergedParameters current)
        {
            Interlocked.Increment(ref owner._joined);
            real.Join(current);
        }

        public void ScaleRates(double factor) => real.ScaleRates(factor);

        public torch.Tensor Sample(string purpose, int count) => real.Sample(purpose, count);

        public torch.Tensor Sample(string purpose, IReadOnlyList<LatentChoice> choices) => real.Sample(purpose, choices);

        public IReadOnlyList<int>? LabelsOf(string purpose, int count) => real.LabelsOf(purpose, count);

        public void Dispose() => real.Dispose();
    }
}
