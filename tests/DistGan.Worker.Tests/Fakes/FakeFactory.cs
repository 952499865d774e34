using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Worker.Replicas;
using DistGan.Worker.Snapshots;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Makes fake replicas, prepared by the test.</summary>
internal sealed class FakeFactory(Action<FakeReplica>? prepare = null) : IReplicaFactory
{
    public List<FakeReplica> Made { get; } = [];

    public string Fingerprint { get; set; } = "data";

    public FakeReplica Last => Made[^1];

    public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links)
    {
        var replica = new FakeReplica(links, recipe.Topology.RoundSteps);
        prepare?.Invoke(replica);
        Made.Add(replica);
        return new Session(replica, Fingerprint);
    }

    private sealed class Session(FakeReplica replica, string fingerprint) : IReplicaSession
    {
        public IReplica Replica => replica;

        public string DataFingerprint => fingerprint;

        public SampleShape Shape => SampleShape.Point(1);

        public Evaluation Evaluate()
        {
            var score = (double)(replica.Hash % 100);
            return new Evaluation(
                new Dictionary<string, double> { [MetricNames.Fid] = score },
                new SnapshotScore(MetricNames.Fid, score, LowerIsBetter: true),
                new JsonObject { ["samples"] = 16 });
        }

        public Func<byte[]> Draw()
        {
            var hash = replica.Hash;
            return () => BitConverter.GetBytes(hash);
        }

        public void Dispose() => replica.Dispose();
    }
}
