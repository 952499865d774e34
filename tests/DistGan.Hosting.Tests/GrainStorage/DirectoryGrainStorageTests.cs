using System.Text;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.GrainStorage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace DistGan.Hosting.Tests.GrainStorage;

public sealed class DirectoryGrainStorageTests(DirectoryStateFixture fixture) : GrainStorageContract(fixture), IClassFixture<DirectoryStateFixture>
{
    private IObjectStore Store => fixture.Host.Services.GetRequiredService<IObjectStore>();

    [Fact]
    public async Task Write_State_IsTheDocumentedObject()
    {
        await Storage.WriteStateAsync(StateName, GrainId.Create("coordinator", "fashion/1 ü"), new GrainState<Total>(new Total { StepCount = 7 }));

        var stored = await Store.GetAsync("grainstate/job-coordinator_2Ffashion_2F1_20_C3_BC.json", TestContext.Current.CancellationToken);

        Assert.IsType<ObjectStoreGrainStorage>(Storage);
        Assert.Equal("{\n  \"step_count\": 7\n}", Encoding.UTF8.GetString(stored!.Content.Span));
    }

    [Fact]
    public async Task Read_DamagedJson_NamesTheFile()
    {
        var name = $"grainstate/job-coordinator_2F{Grain.Key}.json";
        await Store.PutAsync(name, "{ \"step_c"u8.ToArray(), PutCondition.None, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => ReadAsync(Grain));

        Assert.Contains(name, exception.Message);
    }

    public sealed class Total
    {
        public long StepCount { get; set; }
    }
}
