namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary>Tests that share the runs of <see cref="TrainedRuns"/>, which they only read.</summary>
[CollectionDefinition(Name)]
public sealed class TrainedRunsCollection : ICollectionFixture<TrainedRuns>
{
    public const string Name = "trained runs";
}
