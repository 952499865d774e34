using System.Security.Cryptography;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Tests.Jobs;
using DistGan.Hosting.Storage;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Data;

/// <summary>Uploaded data sets in the store, and jobs that name them.</summary>
public sealed class StoredDataTests : IAsyncLifetime
{
    private static readonly byte[][] Parts = [[1, 2, 3], [4, 5], [6]];

    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    private static StoredDataManifest Manifest { get; } = new() { Name = "photos/", Files = 1, Bytes = 6, Parts = [.. Parts.Select(static part => Convert.ToHexStringLower(SHA256.HashData(part)))] };

    private static string Id => Manifest.ContentHash();

    private static Recipe Photos { get; } = new() { Name = "photos", Data = new() { Name = null, Folder = "/photos", Stored = Id } };

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder, paths: FixedJobPaths.Cluster);
        Assert.Null(await _plane.RegisterAsync(_plane.Silos[0], 1, 1, 1));
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Commit_BeforeEveryPartIsThere_NamesTheMissingOnesAndMakesNothing()
    {
        var data = _plane.Jobs.Data(Id);
        await data.PutAsync(1, Parts[1]);

        var missing = await data.CommitAsync(Manifest);
        var state = await data.StateAsync();

        Assert.Equal([0, 2], missing);
        Assert.False(state.Complete);
        Assert.Equal([1], state.Parts);
    }

    [Fact]
    public async Task Commit_OnceEveryPartIsThere_MakesTheDataExist()
    {
        await UploadAsync();

        Assert.True((await _plane.Jobs.Data(Id).StateAsync()).Complete);
        var manifest = StoredDataManifest.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, StoredDataFiles.Manifest(Id))), Id);
        Assert.Equal((6, "photos/", 3), (manifest!.Bytes, manifest.Name, manifest.Parts.Count));
        Assert.Equal(Parts[2], await File.ReadAllBytesAsync(Path.Combine(_folder, StoredDataFiles.Part(Id, 2))));
    }

    [Fact]
    public async Task Commit_TheManifestOfOtherData_IsRefused()
    {
        var other = Manifest with { Parts = [.. Manifest.Parts.Reverse()] };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => _plane.Jobs.Data(Id).CommitAsync(other));

        Assert.Contains(other.ContentHash(), error.Message);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("abc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Put_UnderWhatIsNoHash_IsRefused(string id)
        => Assert.Contains("content hash", (await Assert.ThrowsAsync<ArgumentException>(() => _plane.Jobs.Data(id).PutAsync(0, Parts[0]))).Message);

    [Fact]
    public async Task Submit_AJobWhoseDataWereNotUploaded_IsRefusedAndSaysHowTo()
    {
        var before = await _plane.SubmitAsync(Photos, job: "photos");
        await UploadAsync();
        var after = await _plane.SubmitAsync(Photos, job: "photos");

        Assert.False(before.Accepted);
        Assert.Contains(Id, before.Refusal);
        Assert.Contains("submit it from the machine that has them", before.Refusal);
        Assert.True(after.Accepted, after.Refusal);
    }

    [Fact]
    public async Task Delete_OfTheLastJobThatNamesThem_RemovesTheData()
    {
        await UploadAsync();
        await EndedAsync("photos");
        await EndedAsync("photos-2");
        await EndedAsync("ring", new Recipe { Name = "ring", Data = new() { Name = "ring" }, Generator = new() { Network = "mlp" }, Discriminator = new() { Network = "mlp" } });

        Assert.True((await _plane.Jobs.DeleteAsync(new JobId("photos"), CancellationToken.None)).Accepted);
        var between = await _plane.Jobs.Data(Id).StateAsync();
        Assert.True((await _plane.Jobs.DeleteAsync(new JobId("ring"), CancellationToken.None)).Accepted);
        var still = await _plane.Jobs.Data(Id).StateAsync();
        Assert.True((await _plane.Jobs.DeleteAsync(new JobId("photos-2"), CancellationToken.None)).Accepted);

        Assert.True(between.Complete);
        Assert.True(still.Complete);
        Assert.DoesNotContain(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), static file => file.Contains(Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_Refused_RemovesTheDataThatNoOtherJobNames()
    {
        await UploadAsync();
        await EndedAsync("photos");
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Refusal = "The cache cannot be written." });

        Assert.False((await _plane.SubmitAsync(Photos, job: "photos-2")).Accepted);
        var between = await _plane.Jobs.Data(Id).StateAsync();
        Assert.True((await _plane.Jobs.DeleteAsync(new JobId("photos"), CancellationToken.None)).Accepted);
        await UploadAsync();
        Assert.False((await _plane.SubmitAsync(Photos, job: "photos-2")).Accepted);

        Assert.True(between.Complete);
        Assert.DoesNotContain(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), static file => file.Contains(Id, StringComparison.Ordinal) || file.Contains("photos", StringComparison.Ordinal));
    }

    private async Task EndedAsync(string job, Recipe? recipe = null)
    {
        var result = await _plane.SubmitAsync(recipe ?? Photos, job: job);
        Assert.True(result.Accepted, result.Refusal);
        Assert.True(_plane.Book.TryTake(out var assignment), "No trainer was started.");
        await _plane.EndAsync(assignment!, ReplicaOutcome.Completed, 10);
        Assert.Equal(JobState.Completed, (await _plane.Jobs.DescribeAsync(new JobId(job), CancellationToken.None)).State);
    }

    private async Task UploadAsync()
    {
        var data = _plane.Jobs.Data(Id);
        for (var part = 0; part < Parts.Length; part++)
        {
            await data.PutAsync(part, Parts[part]);
        }

        Assert.Empty(await data.CommitAsync(Manifest));
    }
}
