using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Grains.Tests.Jobs;

public sealed class ArtifactReaderTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    private IArtifactReaderGrain Reader => _plane.Grains.GetGrain<IArtifactReaderGrain>(ControlPlane.Job.Value);

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder, silos: 2, seen: static store => new TrustingStore(store));

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Read_AFileOfTwoAndAHalfChunks_ComesInThreeAndWhole()
    {
        var content = new byte[(IArtifactReaderGrain.ChunkBytes * 5) / 2];
        new Random(1).NextBytes(content);
        await PutAsync("snapshots/r0/step-00000020-e1/generator.safetensors", content);

        var parts = new List<ArtifactChunk>();
        while (parts is not [.., { IsLast: true }])
        {
            parts.Add((await Reader.ReadAsync("snapshots/r0/step-00000020-e1/generator.safetensors", parts.Sum(static part => part.Content.Length)))!);
        }

        Assert.Equal([IArtifactReaderGrain.ChunkBytes, IArtifactReaderGrain.ChunkBytes, IArtifactReaderGrain.ChunkBytes / 2], parts.Select(static part => part.Content.Length));
        Assert.Equal(content, parts.SelectMany(static part => part.Content.ToArray()));
    }

    [Fact]
    public async Task Read_AFileThatHasGrown_GoesOnWhereItEnded()
    {
        await PutAsync("events.jsonl", "one\n"u8.ToArray());
        var first = await Reader.ReadAsync("events.jsonl", 0);
        await PutAsync("events.jsonl", "one\ntwo\n"u8.ToArray());

        var more = await Reader.ReadAsync("events.jsonl", first!.Content.Length);
        var none = await Reader.ReadAsync("events.jsonl", 100);

        Assert.Equal((true, "two\n"), (first.IsLast, System.Text.Encoding.UTF8.GetString(more!.Content.Span)));
        Assert.Equal((true, 0), (none!.IsLast, none.Content.Length));
    }

    [Theory]
    [InlineData("nothing.json")]
    [InlineData("../secret")]
    [InlineData("samples/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Read_WhatIsNoFileOfTheJob_IsNothing(string name)
    {
        await PutAsync("samples/step-00000030.png", [1]);

        Assert.Null(await Reader.ReadAsync(name, 0));
    }

    [Fact]
    public async Task List_WithAPrefix_NamesTheFilesInOrderAndGoesOnAfterOne()
    {
        await PutAsync("samples/step-00000060.png", [1]);
        await PutAsync("samples/step-00000030.png", [1]);
        await PutAsync("recipe.yaml", [1]);

        Assert.Equal(["samples/step-00000030.png", "samples/step-00000060.png"], await Reader.ListAsync("samples/"));
        Assert.Equal(["samples/step-00000060.png"], await Reader.ListAsync("samples/", "samples/step-00000030.png"));
        Assert.Equal(["recipe.yaml", "samples/step-00000030.png", "samples/step-00000060.png"], await _plane.Jobs.ListFilesAsync(ControlPlane.Job, "", CancellationToken.None));
    }

    [Theory]
    [InlineData("../")]
    [InlineData("../other/")]
    [InlineData("/")]
    [InlineData("samples//")]
    [InlineData("samples/./")]
    [InlineData("samples/../../")]
    [InlineData("samples/*")]
    public async Task List_WithAPrefixThatNoNameBeginsWith_NamesNothing(string prefix)
    {
        await PutAsync("samples/step-00000030.png", [1]);

        Assert.Empty(await Reader.ListAsync(prefix));
    }

    private Task PutAsync(string name, byte[] content) => _plane.Store.PutAsync(name, content, PutCondition.None, CancellationToken.None);
}
