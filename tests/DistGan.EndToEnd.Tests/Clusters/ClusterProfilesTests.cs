using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.EndToEnd.Tests.Processes;
using Microsoft.Extensions.Configuration;

namespace DistGan.EndToEnd.Tests.Clusters;

public sealed class ClusterProfilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_AProfile_HasItsSectionsAndTheConnectionsOfTheEnvironment()
    {
        var profiles = Profiles("""{ "clusters": { "lab": { "Orleans": { "ClusterId": "lab", "Clustering": { "ProviderType": "Redis", "ConnectionName": "redis" } } } } }""");

        var found = profiles.Find("lab").Configuration;

        Assert.Equal("lab", found["Orleans:ClusterId"]);
        Assert.Equal("redis:6379", found.GetConnectionString("redis"));
        Assert.Null(found["Orleans:Endpoints:GatewayPort"]);
    }

    [Theory]
    [InlineData("localhost", "30000")]
    [InlineData("localhost:31000", "31000")]
    public void Find_Localhost_NeedsNoProfile(string name, string port)
        => Assert.Equal(port, Profiles("{}").Find(name).Configuration["Orleans:Endpoints:GatewayPort"]);

    [Fact]
    public void Find_NoName_IsWhatTheEnvironmentSays() => Assert.Equal("31234", Profiles("{}").Find(null).Configuration["Orleans:Endpoints:GatewayPort"]);

    [Theory]
    [InlineData("""{ "clusters": { "lab": { "Orleans": { "ClusterId": "x" } } } }""", "did you mean 'lab'?")]
    [InlineData("{ no json", "cannot be read")]
    public void Find_UnknownNameOrBrokenFile_IsAUsageError(string json, string sentence)
    {
        var exception = Assert.Throws<CommandException>(() => Profiles(json).Find("lap"));

        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }

    private ClusterProfiles Profiles(string json) => new(_folder.Write("config.json", json), new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("ConnectionStrings:redis", "redis:6379"), new("Orleans:Endpoints:GatewayPort", "31234"),
    ]).Build());
}
