using DistGan.Hosting.Clustering;
using DistGan.Hosting.GrainStorage;
using DistGan.Hosting.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Metadata;
using Orleans.Runtime;

namespace DistGan.Hosting.Tests.Clustering;

/// <summary>Hosts of one configuration, each with its ports: silos that find each other, and clients.</summary>
internal sealed class ClusterHosts(IReadOnlyDictionary<string, string?> configuration) : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<IHost> _hosts = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<IHost> StartSiloAsync() => StartSiloAsync(LoopbackPorts.Free(), LoopbackPorts.Free());

    public Task<IHost> StartSiloAsync(int siloPort, int gatewayPort)
    {
        var builder = Builder(new(StringComparer.Ordinal)
        {
            ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans:Endpoints:SiloPort"] = $"{siloPort}",
            ["Orleans:Endpoints:GatewayPort"] = $"{gatewayPort}",
        });
        builder.Services.AddObjectStore(builder.Configuration);
        builder.UseOrleans(static silo => silo.UseClustering().AddGrainState());
        return StartAsync(builder);
    }

    public Task<IHost> StartClientAsync(int? gatewayPort = null)
    {
        var builder = Builder(new(StringComparer.Ordinal) { ["Orleans:Endpoints:GatewayPort"] = gatewayPort is { } port ? $"{port}" : null });
        builder.UseOrleansClient(static client => client.UseClustering());
        return StartAsync(builder);
    }

    /// <summary>Waits until a silo sees so many active members, itself included, and knows which grains each of them has.</summary>
    public static async Task ExpectMembersAsync(IHost silo, int count, TimeSpan? within = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(within ?? Deadline);
        var membership = silo.Services.GetRequiredService<IClusterMembershipService>();
        var manifests = silo.Services.GetRequiredService<IClusterManifestProvider>();
        await ExpectAsync(membership.MembershipUpdates, snapshot => Active(snapshot).Count() == count, $"{count} active members", deadline.Token);
        await ExpectAsync(
            manifests.Updates, manifest => Active(membership.CurrentSnapshot).All(manifest.Silos.ContainsKey), "the grains of all active members", deadline.Token);
    }

    public static ICounterGrain Counter(IHost host, string key) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>(key);

    public async Task StopAsync(IHost host)
    {
        _hosts.Remove(host);
        await host.StopAsync(CancellationToken.None).WaitAsync(Deadline);
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts).ToList())
        {
            await StopAsync(host);
        }
    }

    private static IEnumerable<SiloAddress> Active(ClusterMembershipSnapshot snapshot)
        => snapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active).Select(static member => member.SiloAddress);

    private static async Task ExpectAsync<T>(IAsyncEnumerable<T> updates, Func<T, bool> isThere, string what, CancellationToken deadline)
    {
        try
        {
            await foreach (var update in updates.WithCancellation(deadline))
            {
                if (isThere(update))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The silo did not see {what} before the deadline.");
        }
    }

    private HostApplicationBuilder Builder(Dictionary<string, string?> own)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration).AddInMemoryCollection(own.Where(static pair => pair.Value is not null));
        return builder;
    }

    private async Task<IHost> StartAsync(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        try
        {
            await host.StartAsync(Cancellation).WaitAsync(Deadline, Cancellation);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        _hosts.Add(host);
        return host;
    }
}
