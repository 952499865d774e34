using System.Text;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Hosting.GrainStorage;
using DistGan.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace DistGan.Hosting.Tests.GrainStorage;

public sealed class ObjectStoreGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("coordinator", "fashion/1 ü");
    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryObjectStore _store;
    private readonly ObjectStoreGrainStorage _storage;

    public ObjectStoreGrainStorageTests()
    {
        _store = new DirectoryObjectStore(_folder.Path);
        var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        _storage = new ObjectStoreGrainStorage(_store, services.GetRequiredService<IActivatorProvider>());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_Missing_GivesNewStateWithoutTag()
    {
        var state = new GrainState<Counter>(new Counter { StepCount = 7 }, "stale") { RecordExists = true };

        await _storage.ReadStateAsync("job", Grain, state);

        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.Equal(0, state.State!.StepCount);
    }

    [Fact]
    public async Task WriteThenRead_RoundTripsUnderTheDocumentedName()
    {
        var written = new GrainState<Counter>(new Counter { StepCount = 7 });
        await _storage.WriteStateAsync("job", Grain, written);

        var read = new GrainState<Counter>();
        await _storage.ReadStateAsync("job", Grain, read);

        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(7, read.State!.StepCount);
        var stored = await _store.GetAsync("grainstate/job-coordinator_2Ffashion_2F1_20_C3_BC.json", TestContext.Current.CancellationToken);
        Assert.Equal("{\n  \"step_count\": 7\n}", Encoding.UTF8.GetString(stored!.Content.Span));
    }

    [Fact]
    public async Task Write_StaleTag_ThrowsInconsistentState()
    {
        var first = new GrainState<Counter>(new Counter { StepCount = 1 });
        await _storage.WriteStateAsync("job", Grain, first);
        var second = new GrainState<Counter>(new Counter { StepCount = 2 }, first.ETag) { RecordExists = true };
        await _storage.WriteStateAsync("job", Grain, second);
        var before = first.ETag;

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("job", Grain, first));

        Assert.Equal(before, first.ETag);
    }

    [Fact]
    public async Task Write_NoTagOverExisting_ThrowsInconsistentState()
    {
        await _storage.WriteStateAsync("job", Grain, new GrainState<Counter>(new Counter()));

        var exception = await Assert.ThrowsAsync<InconsistentStateException>(
            () => _storage.WriteStateAsync("job", Grain, new GrainState<Counter>(new Counter { StepCount = 3 })));

        Assert.Equal("none", exception.CurrentEtag);
    }

    [Fact]
    public async Task Clear_Twice_LeavesNewStateAndNothingStored()
    {
        var state = new GrainState<Counter>(new Counter { StepCount = 1 });
        await _storage.WriteStateAsync("job", Grain, state);

        await _storage.ClearStateAsync("job", Grain, state);
        await _storage.ClearStateAsync("job", Grain, state);

        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.Equal(0, state.State!.StepCount);
        await _storage.WriteStateAsync("job", Grain, state);
    }

    [Fact]
    public async Task Clear_StaleTag_ThrowsInconsistentState()
    {
        var state = new GrainState<Counter>(new Counter { StepCount = 1 });
        await _storage.WriteStateAsync("job", Grain, state);
        var stale = new GrainState<Counter>(new Counter(), state.ETag) { RecordExists = true };
        state.State!.StepCount = 2;
        await _storage.WriteStateAsync("job", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("job", Grain, stale));
    }

    [Fact]
    public async Task Read_DamagedJson_NamesTheFile()
    {
        const string name = "grainstate/job-coordinator_2Ffashion_2F1_20_C3_BC.json";
        await _store.PutAsync(name, "{ \"step_c"u8.ToArray(), PutCondition.None, TestContext.Current.CancellationToken);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(
            () => _storage.ReadStateAsync("job", Grain, new GrainState<Counter>()));

        Assert.Contains(name, exception.Message);
    }

    public sealed class Counter
    {
        public long StepCount { get; set; }
    }
}
