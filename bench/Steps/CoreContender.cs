using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Bench.Steps;

/// <summary>A replica of the core that is connected to nothing but a sink of its reports.</summary>
internal sealed class CoreContender(string name, Recipe recipe, IDataSet data) : IContender, IReportSink
{
    private readonly List<RoundReport> _reports = [];
    private Replica? _replica;

    public string Name => name;

    public Replica Replica => _replica ??= ReplicaFactory.Create(recipe, data, 0, new ReplicaLinks(NoLink.Instance, NoLink.Instance, this), torch.CPU);

    public IReadOnlyList<RoundReport> Reports => _reports;

    public void Advance() => Replica.Advance();

    public void Report(RoundReport report) => _reports.Add(report);

    public void Dispose() => _replica?.Dispose();

    /// <summary>Without techniques a replica asks nobody.</summary>
    private sealed class NoLink : IReplaySource, IParameterSource
    {
        public static NoLink Instance { get; } = new();

        public void Exchange(ReplayOffer offer) => offer.Dispose();

        public ReplayDraws? Take(long boundary) => null;

        public void Contribute(ParameterContribution contribution) => contribution.Dispose();

        public ParameterAverage? Take(Training.Player player, long boundary) => null;
    }
}
