using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;
using DistGan.Worker.Data;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

/// <summary>A replica whose data were uploaded: they are here before it is opened.</summary>
public sealed class UploadedDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly MemoryStore _store = new();
    private readonly FakeGrains _grains = new();
    private readonly StoredDataCache _data;

    public UploadedDataTests() => _data = new(Places, TimeProvider.System);

    private DataPlaces Places => new() { Cache = _folder };

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_OnUploadedData_FetchesThemBeforeItOpensAndTells()
    {
        var (id, _) = await UploadedData.PutAsync(_store, _folder, "photos", 100_000);
        var wereThere = false;
        var factory = new FakeFactory(_ => wereThere = Directory.Exists(Places.StoredFolder(id)));

        var started = await RunAsync(id, factory);

        Assert.True(started.Started, started.Refusal);
        Assert.True(wereThere);
        var told = Assert.Single(_grains.Coordinator.Events, static entry => entry.Kind == EventKinds.DataFetched);
        Assert.Contains("Fetched photos from the store: 0.1 MB", told.Message);
        Assert.Equal(1, told.Data["files"]);
    }

    [Fact]
    public async Task Run_OnDataThatAreNotInTheStore_FailsAndSaysWhy()
    {
        var started = await RunAsync(new string('a', 64), new FakeFactory());

        Assert.False(started.Started);
        Assert.StartsWith("Replica 0 cannot start: The uploaded data", started.Refusal, StringComparison.Ordinal);
        Assert.Contains("are not in the store", started.Refusal);
        Assert.Null(started.UnfitHost);
    }

    [Fact]
    public async Task Run_WhereTheDataCannotBeKept_SaysThatThisMachineCannot()
    {
        var (id, _) = await UploadedData.PutAsync(_store, _folder, "photos", 1000);
        await File.WriteAllTextAsync(Places.Stored, "a file");

        var started = await RunAsync(id, new FakeFactory());

        Assert.Equal((false, Environment.MachineName), (started.Started, started.UnfitHost));
        Assert.StartsWith("The uploaded data of photos", started.Refusal, StringComparison.Ordinal);
    }

    private Task<StartResult> RunAsync(string id, FakeFactory factory)
        => new RunHarness(RunHarness.Recipe with { Data = new DataRecipe { Name = null, Idx = "/some/photos", Stored = id } }, _store, _grains) { Data = _data }.RunAsync(factory);
}
