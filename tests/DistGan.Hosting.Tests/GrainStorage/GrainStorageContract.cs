using Orleans.Runtime;
using Orleans.Storage;

namespace DistGan.Hosting.Tests.GrainStorage;

/// <summary>What every storage of grain state does; each runs all of it, as a silo has it from its configuration.</summary>
public abstract class GrainStorageContract(StateFixture fixture)
{
    private protected const string StateName = "job";

    private protected GrainId Grain { get; } = GrainId.Create("coordinator", $"fashion-{Guid.NewGuid():N}");

    private protected IGrainStorage Storage => fixture.Host.Storage;

    [Fact]
    public async Task Read_Missing_GivesNewStateWithoutTag()
    {
        var state = new GrainState<Counter>(new Counter { StepCount = 7 }, "stale") { RecordExists = true };

        await Storage.ReadStateAsync(StateName, Grain, state);

        AssertNew(state);
    }

    [Fact]
    public async Task Write_ThenRead_GivesTheSame()
    {
        var written = State(7);
        written.State!.Names.AddRange(["a", "ü", "\"quoted\""]);
        await Storage.WriteStateAsync(StateName, Grain, written);

        var read = await ReadAsync(Grain);

        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
        Assert.NotNull(read.ETag);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(7, read.State!.StepCount);
        Assert.Equal(written.State.Names, read.State.Names);
        Assert.Null(read.State.Nothing);
    }

    [Fact]
    public async Task Write_Again_ChangesTheTag()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        var first = state.ETag;
        state.State!.StepCount = 2;

        await Storage.WriteStateAsync(StateName, Grain, state);

        Assert.NotEqual(first, state.ETag);
        Assert.Equal(2, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Write_StaleTag_ThrowsAndChangesNothing()
    {
        var first = State(1);
        await Storage.WriteStateAsync(StateName, Grain, first);
        await Storage.WriteStateAsync(StateName, Grain, new GrainState<Counter>(new Counter { StepCount = 2 }, first.ETag) { RecordExists = true });
        var before = first.ETag;

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, first));

        Assert.Equal(before, first.ETag);
        Assert.Equal(2, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Write_NoTagOverExisting_Throws()
    {
        await Storage.WriteStateAsync(StateName, Grain, State(1));

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, State(3)));

        Assert.Equal(1, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Write_TagOfWhatWasCleared_Throws()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        var other = await ReadAsync(Grain);
        await Storage.ClearStateAsync(StateName, Grain, other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(StateName, Grain, state));

        AssertNew(await ReadAsync(Grain));
    }

    [Fact]
    public async Task Clear_ThenRead_GivesNewState()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);

        await Storage.ClearStateAsync(StateName, Grain, state);

        AssertNew(state);
        AssertNew(await ReadAsync(Grain));
    }

    [Fact]
    public async Task Clear_Twice_IsAllowedAndANewStateCanBeWritten()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        await Storage.ClearStateAsync(StateName, Grain, state);

        await Storage.ClearStateAsync(StateName, Grain, state);

        AssertNew(state);
        state.State!.StepCount = 5;
        await Storage.WriteStateAsync(StateName, Grain, state);
        Assert.Equal(5, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Clear_NeverWritten_IsAllowed()
    {
        var state = State(1);

        await Storage.ClearStateAsync(StateName, Grain, state);

        AssertNew(state);
    }

    [Fact]
    public async Task Clear_WithoutATag_ClearsWhatIsThere()
    {
        await Storage.WriteStateAsync(StateName, Grain, State(1));

        await Storage.ClearStateAsync(StateName, Grain, State(2));

        AssertNew(await ReadAsync(Grain));
    }

    [Fact]
    public async Task Clear_StaleTag_ThrowsAndClearsNothing()
    {
        var state = State(1);
        await Storage.WriteStateAsync(StateName, Grain, state);
        var stale = await ReadAsync(Grain);
        state.State!.StepCount = 2;
        await Storage.WriteStateAsync(StateName, Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(StateName, Grain, stale));

        Assert.Equal(2, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Write_BigState_IsReadBackWhole()
    {
        var state = State(1);
        state.State!.Names.AddRange(Enumerable.Range(0, 300_000).Select(static i => $"replica-{i:D9}"));
        await Storage.WriteStateAsync(StateName, Grain, state);

        Assert.Equal(state.State.Names, (await ReadAsync(Grain)).State!.Names);
    }

    [Fact]
    public async Task Write_ManyWriters_LosesNoUpdate()
    {
        const int writers = 4, rounds = 10;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            for (int done = 0, tries = 1; done < rounds; tries++)
            {
                Assert.True(tries < 2000, $"{done} of {rounds} writes got through in {tries} tries.");
                var state = await ReadAsync(Grain);
                state.State!.StepCount++;
                try
                {
                    await Storage.WriteStateAsync(StateName, Grain, state);
                    done++;
                }
                catch (InconsistentStateException)
                {
                    // Another was faster.
                }
            }
        })));

        Assert.Equal(writers * rounds, (await ReadAsync(Grain)).State!.StepCount);
    }

    [Fact]
    public async Task Write_KeysWithAnyCharacters_AreKeptApart()
    {
        string[] keys = ["fashion/1 ü", "fashion_2F1 ü", "a?b#c%20d", "a?b#c d", "..", ".", "a//b", "A", "a"];
        var own = Guid.NewGuid().ToString("N");
        for (var i = 0; i < keys.Length; i++)
        {
            await Storage.WriteStateAsync(StateName, GrainId.Create(own, keys[i]), State(i));
            await Storage.WriteStateAsync("other-state", GrainId.Create(own, keys[i]), State(-i));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, (await ReadAsync(GrainId.Create(own, keys[i]))).State!.StepCount);
        }
    }

    [Fact]
    public async Task Grain_OfTwoSilosThatDoNotKnowEachOther_LosesNoUpdate()
    {
        var key = Guid.NewGuid().ToString("N");
        await using var other = await StateHost.StartAsync(fixture.Configuration);

        Assert.Equal(1, await fixture.Host.Counter(key).AddAsync());
        Assert.Equal(2, await other.Counter(key).AddAsync());
        await Assert.ThrowsAsync<InconsistentStateException>(() => fixture.Host.Counter(key).AddAsync());

        // The activation that was overtaken is gone; the next one reads what is stored.
        Assert.Equal(3, await fixture.Host.Counter(key).AddAsync());
    }

    private protected static GrainState<Counter> State(long stepCount) => new(new Counter { StepCount = stepCount });

    private protected async Task<GrainState<Counter>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<Counter>();
        await Storage.ReadStateAsync(StateName, grain, state);
        return state;
    }

    private static void AssertNew(GrainState<Counter> state)
    {
        Assert.Null(state.ETag);
        Assert.False(state.RecordExists);
        Assert.NotNull(state.State);
        Assert.Equal(0, state.State.StepCount);
        Assert.Empty(state.State.Names);
    }

    public sealed class Counter
    {
        public long StepCount { get; set; }

        public List<string> Names { get; set; } = [];

        public string? Nothing { get; set; }
    }
}
