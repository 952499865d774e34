using System.Diagnostics;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.GrainStorage;
using DistGan.Hosting.Storage;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Recipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace DistGan.Hosting.Tests.Clustering;

public sealed class EmbeddedClusteringTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task UseEmbeddedClustering_TwoHostsInOneProcess_KeepApartAndKeepState()
    {
        using var folder = new TemporaryFolder();
        using var first = await StartAsync(Path.Combine(folder.Path, "a"));
        using var second = await StartAsync(Path.Combine(folder.Path, "b"));

        Assert.Equal(1, await Counter(first).AddAsync());
        Assert.Equal(2, await Counter(first).AddAsync());
        Assert.Equal(1, await Counter(second).AddAsync());

        await first.StopAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        using var again = await StartAsync(Path.Combine(folder.Path, "a"));
        Assert.Equal(3, await Counter(again).AddAsync());
    }

    [Fact]
    public async Task GrainCall_GrainThrowsDistGanException_ArrivesAsOne()
    {
        using var folder = new TemporaryFolder();
        using var host = await StartAsync(folder.Path);

        var exception = await Assert.ThrowsAsync<DistGanException>(() => Counter(host).FailAsync());

        Assert.Equal("No more numbers.", exception.Message);
    }

    private static ICounterGrain Counter(IHost host) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("x");

    private static async Task<IHost> StartAsync(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IObjectStore>(new DirectoryObjectStore(folder));
        builder.UseOrleans(silo => silo.UseEmbeddedClustering().AddObjectStoreGrainStorage());
        var host = builder.Build();
        var watch = Stopwatch.StartNew();
        await host.StartAsync(TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage($"The embedded silo started in {watch.ElapsedMilliseconds} ms.");
        return host;
    }
}
