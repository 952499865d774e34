using System.Diagnostics;
using System.Text.Json;

namespace DistGan.Hosting.Tests.Clustering;

/// <summary>A silo in a process of its own, which a test can kill. It is this assembly again, told to run nothing but the test below.</summary>
public sealed class OtherProcess
{
    private const string Variable = "DISTGAN_TEST_SILO";

    internal static Process Start(IReadOnlyDictionary<string, string?> configuration)
        => Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(OtherProcess).Assembly.Location, "-explicit", "only", "-method", $"*{nameof(Silo_InAProcessOfItsOwn_RunsUntilItsStarterIsGone)}", "-noLogo"])
        {
            Environment = { [Variable] = JsonSerializer.Serialize(configuration) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

    /// <summary>Not a test of anything: the silo that <see cref="Start"/> starts. It is left out unless asked for.</summary>
    [Fact(Explicit = true)]
    public async Task Silo_InAProcessOfItsOwn_RunsUntilItsStarterIsGone()
    {
        var configuration = Environment.GetEnvironmentVariable(Variable);
        Assert.NotNull(configuration);
        await using var hosts = new ClusterHosts(JsonSerializer.Deserialize<Dictionary<string, string?>>(configuration)!);
        await hosts.StartSiloAsync();
        await Console.In.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
