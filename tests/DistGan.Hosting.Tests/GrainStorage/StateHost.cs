using DistGan.Hosting.Clustering;
using DistGan.Hosting.GrainStorage;
using DistGan.Hosting.Storage;
using DistGan.Hosting.Tests.Clustering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Storage;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>A silo that keeps grain state where its configuration says; it knows of no other silo.</summary>
internal sealed class StateHost : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly IHost _host;

    private StateHost(IHost host) => _host = host;

    public IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>(ObjectStoreGrainStorage.ProviderName);

    public IServiceProvider Services => _host.Services;

    public static async Task<StateHost> StartAsync(IEnumerable<KeyValuePair<string, string?>> configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Services.AddObjectStore(builder.Configuration);
        builder.UseOrleans(static silo => silo.UseEmbeddedClustering().AddGrainState());
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
            return new StateHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public ICounterGrain Counter(string key) => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).WaitAsync(Deadline);
        _host.Dispose();
    }
}
