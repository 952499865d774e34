using DistGan.Hosting.Processes;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Hosting.Tests.Processes;

public sealed class HostKeysTests
{
    [Fact]
    public void RequireKnown_KeysThatHostsRead_AreTaken()
    {
        HostKeys.RequireKnown(Of("DistGan:ObjectStore:Path", "distgan:worker:slots", "DistGan:Placement:UserSlots:ann", "Orleans:Anything", "Other"));

        Assert.Throws<DistGanException>(() => HostKeys.RequireKnown(Of("DistGan:Placement:UserSlots")));
    }

    [Fact]
    public void RequireKnown_OthersOfTheSection_AreAllNamedWithWhatWasMeant()
    {
        var exception = Assert.Throws<DistGanException>(() => HostKeys.RequireKnown(Of("DistGan:Wroker:Slots", "DistGan:ObjectStore:Path", "DistGan:Health:Prot")));

        Assert.Contains("There is no setting DistGan:Health:Prot; did you mean DistGan:Health:Port?", exception.Message, StringComparison.Ordinal);
        Assert.Contains("There is no setting DistGan:Wroker:Slots; did you mean DistGan:Worker:Slots?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheHealthPort_NamesEveryPathOfIt()
        => Assert.All(["/health/live", "/health/ready", "/metrics"], static path => Assert.Contains(path, Assert.Single(HostKeys.Of(HostUse.Worker), static key => key.Name == "DistGan:Health:Port").Meaning, StringComparison.Ordinal));

    [Theory]
    [InlineData(HostUse.Silo, "(itself)")]
    [InlineData(HostUse.Worker, "(127.0.0.1:11111)")]
    public void Of_EachHost_ItsKeysAreThereOnceAndThePrimarySiloHasItsDefault(HostUse host, string value)
    {
        var keys = HostKeys.Of(host).ToList();

        Assert.Equal(keys.Count, keys.Select(static key => key.Name).Distinct().Count());
        Assert.EndsWith(value, Assert.Single(keys, static key => key.Name == "Orleans:Clustering:PrimarySilo").Meaning, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfClusters_HasTheDefaultsOfThePrimarySilo()
    {
        var page = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "../../../../../docs/clustering.md"));

        Assert.EndsWith("| of a silo itself, of a worker `127.0.0.1:11111` |", Assert.Single(page, static line => line.StartsWith("| `Orleans:Clustering:PrimarySilo` |", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static IConfiguration Of(params string[] keys)
        => new ConfigurationBuilder().AddInMemoryCollection(keys.Select(static key => KeyValuePair.Create<string, string?>(key, "1"))).Build();
}
