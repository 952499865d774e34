using DistGan.Hosting.Clustering;
using DistGan.Recipes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace DistGan.Hosting.Tests.Clustering;

public sealed class MembershipConfigurationTests
{
    [Theory]
    [InlineData(null, null, 5, 3)]
    [InlineData("", "", 5, 3)]
    [InlineData("00:00:01", "1", 1, 1)]
    [InlineData("00:01:00", "20", 60, 20)]
    public void UseClustering_OfASilo_GivesOrleansWhatIsSet(string? timeout, string? missed, int seconds, int limit)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(timeout, missed));
        builder.UseOrleans(static silo => silo.UseClustering());
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;

        Assert.Equal((TimeSpan.FromSeconds(seconds), limit), (options.ProbeTimeout, options.NumMissedProbesLimit));
        // An open connection that is silent for this long, times the limit, is no sign of life any more.
        Assert.Equal(TimeSpan.FromSeconds(seconds), options.MaxProbeTimeout);
    }

    [Theory]
    [InlineData("5")] // days
    [InlineData("00:00:00.9")]
    [InlineData("00:01:00.1")]
    [InlineData("soon")]
    public void Read_TimeoutOutOfBounds_IsRefusedWithWhatIsExpected(string timeout)
        => Assert.Equal(
            $"The membership of the cluster is not configured: DistGan:Membership:ProbeTimeout is '{timeout}', expected a time from 00:00:01 to 00:01:00.",
            Assert.Throws<DistGanException>(() => MembershipConfiguration.Read(Of(timeout, missed: null))).Message);

    [Theory]
    [InlineData("0")]
    [InlineData("21")]
    [InlineData("-1")]
    [InlineData("2.5")]
    public void Read_BothOutOfBounds_AreNamedTogether(string missed)
        => Assert.Equal(
            $"The membership of the cluster is not configured: DistGan:Membership:ProbeTimeout is '0', expected a time from 00:00:01 to 00:01:00; DistGan:Membership:MissedProbes is '{missed}', expected a whole number from 1 to 20.",
            Assert.Throws<DistGanException>(() => MembershipConfiguration.Read(Of("0", missed))).Message);

    private static IConfiguration Of(string? timeout, string? missed) => new ConfigurationBuilder().AddInMemoryCollection(Settings(timeout, missed)).Build();

    private static IEnumerable<KeyValuePair<string, string?>> Settings(string? timeout, string? missed)
        => [new(MembershipConfiguration.ProbeTimeoutKey, timeout), new(MembershipConfiguration.MissedProbesKey, missed)];
}
