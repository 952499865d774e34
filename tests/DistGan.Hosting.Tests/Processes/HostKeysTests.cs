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

    private static IConfiguration Of(params string[] keys)
        => new ConfigurationBuilder().AddInMemoryCollection(keys.Select(static key => KeyValuePair.Create<string, string?>(key, "1"))).Build();
}
