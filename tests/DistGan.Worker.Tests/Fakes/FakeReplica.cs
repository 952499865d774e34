using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>
/// A replica whose whole state is one hash of everything that it ever made and took: two runs are the same exactly when their
/// hashes are.
/// </summary>
internal sealed class FakeReplica(ReplicaLinks links, int roundSteps) : IReplica
{
    public const int ItemBytes = 4;
    private const int VectorLength = 5;
    private readonly List<ReplayGroup> _groups = [];
    private readonly List<byte> _images = [];

    /// <summary>Called after each step.</summary>
    public Action<FakeReplica> AfterStep { get; set; } = static _ => { };

    /// <summary>When it holds, the next report has a loss that is not finite.</summary>
    public Func<long, bool> Diverges { get; set; } = static _ => false;

    /// <summary>Values beside its own in each report.</summary>
    public IReadOnlyDictionary<string, double> Reported { get; set; } = new Dictionary<string, double>();

    public ulong Hash { get; private set; }

    public double Rate { get; private set; } = 1;

    public long Step { get; private set; }

    public long Images { get; private set; }

    public long TakenBoundary { get; private set; }

    public SampleShape Shape => new(1, 2, 2);

    public LatentLayout Layout => new(1, 0, 0);

    public void Advance()
    {
        Step++;
        Images += 8;
        Absorb(BitConverter.GetBytes(Step));
        _groups.Add(new ReplayGroup(Step, 2));
        _images.AddRange(BitConverter.GetBytes(Hash));
        if (Step % roundSteps == 0)
        {
            AtBoundary(Step / roundSteps);
        }

        AfterStep(this);
    }

    public ReplicaState Capture() => new(
        Step,
        Images,
        new Dictionary<string, IReadOnlyList<NamedArray>>
        {
            ["generator"] = [new NamedArray("hash", "U8", [8], BitConverter.GetBytes(Hash))],
            ["outbox"] = [new NamedArray("images", "U8", [_images.Count], _images.ToArray())],
            ["optimizer"] = [new NamedArray("rate", "F64", [1], BitConverter.GetBytes(Rate))],
        },
        new JsonObject { ["taken"] = TakenBoundary, ["groups"] = new JsonArray([.. _groups.Select(group => (JsonNode)group.Step)]) });

    public void Restore(ReplicaState state)
    {
        (Step, Images) = (state.Step, state.Images);
        Hash = BitConverter.ToUInt64(state.Files["generator"][0].Bytes.Span);
        Rate = BitConverter.ToDouble(state.Files["optimizer"][0].Bytes.Span);
        TakenBoundary = state.Counters["taken"]!.GetValue<long>();
        _images.Clear();
        _images.AddRange(state.Files["outbox"][0].Bytes.Span);
        _groups.Clear();
        _groups.AddRange(state.Counters["groups"]!.AsArray().Select(step => new ReplayGroup(step!.GetValue<long>(), 2)));
    }

    public void StartFrom(StartWeights weights) => Hash = BitConverter.ToUInt64(weights.Generator[0].Bytes.Span);

    public void Join(MergedParameters current) => throw new NotSupportedException();

    public void ScaleRates(double factor) => Rate *= factor;

    public torch.Tensor Sample(string purpose, int count) => throw new NotSupportedException();

    public torch.Tensor Sample(string purpose, IReadOnlyList<LatentChoice> choices) => throw new NotSupportedException();

    public IReadOnlyList<int>? LabelsOf(string purpose, int count) => null;

    public void Dispose()
    {
    }

    private void AtBoundary(long boundary)
    {
        using (var draws = links.Replay.Take(boundary - 1))
        {
            Absorb(draws is null ? "nothing"u8 : draws.Images.Span);
            TakenBoundary = draws?.Boundary ?? TakenBoundary;
        }

        var rented = ArrayPool<byte>.Shared.Rent(_images.Count);
        _images.CopyTo(rented);
        links.Replay.Exchange(new ReplayOffer(boundary, [.. _groups], new ReplayRequest(3, 2, Grouped: false, Seed: boundary * 7919), rented, _images.Count));
        _images.Clear();
        _groups.Clear();
        foreach (var player in Enum.GetValues<Player>())
        {
            using var average = links.Parameters.Take(player, boundary - 1);
            Absorb(average is null ? "nothing"u8 : MemoryMarshal.AsBytes(average.Mean.Span));
            var sum = ArrayPool<float>.Shared.Rent(VectorLength);
            for (var i = 0; i < VectorLength; i++)
            {
                sum[i] = (Hash >> (8 * i)) & 0xFF;
            }

            links.Parameters.Contribute(new ParameterContribution(player, boundary, roundSteps, sum, VectorLength));
        }

        links.Reports.Report(new RoundReport(Step, Images, new Dictionary<string, double>(Reported)
        {
            [MetricNames.DiscriminatorLoss] = Diverges(Step) ? double.NaN : Hash % 1000 / 1000d,
            [MetricNames.ReplayStalenessSteps] = Step - (TakenBoundary * roundSteps),
        }));
    }

    private void Absorb(ReadOnlySpan<byte> bytes) => Hash = XxHash3.HashToUInt64(bytes, (long)Hash);
}
