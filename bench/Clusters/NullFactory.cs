using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Worker.Replicas;

namespace DistGan.Bench.Clusters;

/// <summary>Gives a worker trainers that compute nothing.</summary>
internal sealed class NullFactory(NullSettings settings) : IReplicaFactory
{
    public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links) => new Session(new NullReplica(settings, recipe, ordinal, links));

    private sealed class Session(NullReplica replica) : IReplicaSession
    {
        public IReplica Replica => replica;

        public string DataFingerprint => "none";

        public SampleShape Shape => NullReplica.ShapeOfImages;

        public Evaluation Evaluate() => new(new Dictionary<string, double>(), null, new JsonObject());

        public Func<byte[]> Draw() => static () => [];

        public void Dispose() => replica.Dispose();
    }
}
