using System.Globalization;
using System.Text;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Tests.Storage;

/// <summary>What every object store does; each implementation runs all of it.</summary>
public abstract class ObjectStoreContract
{
    /// <summary>More than two pieces of any implementation, and not a whole number of them.</summary>
    private const int LargeBytes = 17 * 1024 * 1024 + 5;

    private static readonly byte[] One = "one"u8.ToArray();
    private static readonly byte[] Two = "two"u8.ToArray();
    private IObjectStore? _store;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected IObjectStore Store => _store ??= Open();

    /// <summary>Another client of the store of this test, which is empty at first.</summary>
    private protected abstract IObjectStore Open();

    [Fact]
    public async Task Read_NothingWritten_FindsNothing()
    {
        Assert.Null(await Store.GetAsync("a", Cancellation));
        Assert.Null(await Store.OpenAsync("a", Cancellation));
        Assert.Empty(await NamesAsync(""));
        Assert.True(await Store.DeleteAsync("a/b", PutCondition.None, Cancellation));
        Assert.True(await Store.DeleteAsync("a/b", PutCondition.IfTag("\"0x1\""), Cancellation));
        Assert.Null(await Store.PutAsync("a", One, PutCondition.IfTag("\"0x1\""), Cancellation));
    }

    [Fact]
    public async Task Put_Unconditional_ReplacesAndChangesTheTag()
    {
        var first = await Store.PutAsync("a/b.bin", One, PutCondition.None, Cancellation);
        var second = await Store.PutAsync("a/b.bin", Two, PutCondition.None, Cancellation);

        var stored = await Store.GetAsync("a/b.bin", Cancellation);
        Assert.Equal(Two, stored!.Content.ToArray());
        Assert.Equal(second, stored.Tag);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Put_IfAbsentOverExisting_IsRefusedAndChangesNothing()
    {
        Assert.NotNull(await Store.PutAsync("a", One, PutCondition.IfAbsent, Cancellation));

        Assert.Null(await Store.PutAsync("a", Two, PutCondition.IfAbsent, Cancellation));
        Assert.Equal(One, (await Store.GetAsync("a", Cancellation))!.Content.ToArray());
    }

    [Fact]
    public async Task Put_IfTagIsStale_IsRefused()
    {
        var stale = await Store.PutAsync("a", One, PutCondition.None, Cancellation);
        Assert.NotNull(await Store.PutAsync("a", Two, PutCondition.IfTag(stale!), Cancellation));

        Assert.Null(await Store.PutAsync("a", One, PutCondition.IfTag(stale!), Cancellation));
        Assert.Null(await Store.PutAsync("b", One, PutCondition.IfTag(stale!), Cancellation));
        Assert.Equal(Two, (await Store.GetAsync("a", Cancellation))!.Content.ToArray());
        Assert.Null(await Store.GetAsync("b", Cancellation));
    }

    [Fact]
    public async Task Put_NothingAtAll_IsAnObjectOfNoBytes()
    {
        await Store.PutAsync("empty", default, PutCondition.None, Cancellation);
        await Store.PutAsync("empty-stream", new MemoryStream(), Cancellation);

        Assert.Equal(0, (await Store.GetAsync("empty", Cancellation))!.Content.Length);
        await using var opened = await Store.OpenAsync("empty-stream", Cancellation);
        Assert.Equal(0, opened!.Length);
        Assert.Equal(-1, opened.ReadByte());
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(16 * 1024 * 1024)]
    [InlineData(LargeBytes)]
    public async Task Put_Stream_IsReadBackWithItsTag(int bytes)
    {
        var content = Bytes(bytes);

        var tag = await Store.PutAsync("s", new ForwardStream(content), Cancellation);

        var stored = await Store.GetAsync("s", Cancellation);
        Assert.True(stored!.Content.Span.SequenceEqual(content), "The object differs from what was written.");
        Assert.Equal(stored.Tag, tag);
        Assert.NotNull(await Store.PutAsync("s", One, PutCondition.IfTag(tag), Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LargeBytes)]
    public async Task Put_StreamThatFails_KeepsWhatWasThere(int bytesBefore)
    {
        await Store.PutAsync("s", One, PutCondition.None, Cancellation);

        var exception = await Assert.ThrowsAsync<ObjectStoreException>(
            () => Store.PutAsync("s", new ForwardStream(Bytes(bytesBefore), new IOException("The disk is gone.")), Cancellation));

        Assert.Contains("The disk is gone.", exception.Message);
        Assert.Contains("'s'", exception.Message);
        Assert.Equal(One, (await Store.GetAsync("s", Cancellation))!.Content.ToArray());
        Assert.Equal(["s"], await NamesAsync(""));
    }

    [Fact]
    public async Task Open_LargeObject_ReadsForwardsAndAtAnyPlace()
    {
        var content = Bytes(LargeBytes);
        await Store.PutAsync("s", new MemoryStream(content), Cancellation);

        await using var opened = await Store.OpenAsync("s", Cancellation);

        Assert.Equal(content.Length, opened!.Length);
        var read = new MemoryStream();
        await opened.CopyToAsync(read, Cancellation);
        Assert.True(read.ToArray().AsSpan().SequenceEqual(content), "The stream differs from what was written.");
        opened.Seek(-7, SeekOrigin.End);
        var end = new byte[7];
        await opened.ReadExactlyAsync(end, Cancellation);
        Assert.Equal(content[^7..], end);
    }

    [Fact]
    public async Task Append_Twice_KeepsOrder()
    {
        await Store.AppendAsync("log/e.jsonl", One, Cancellation);
        await Store.AppendAsync("log/e.jsonl", Two, Cancellation);

        Assert.Equal("onetwo", await TextAsync("log/e.jsonl"));
    }

    [Fact]
    public async Task Append_ToWhatWasPut_FollowsIt()
    {
        var large = Bytes(LargeBytes);
        await Store.PutAsync("small", One, PutCondition.None, Cancellation);
        await Store.PutAsync("large", new MemoryStream(large), Cancellation);

        await Store.AppendAsync("small", Two, Cancellation);
        await Store.AppendAsync("large", Two, Cancellation);

        Assert.Equal("onetwo", await TextAsync("small"));
        Assert.True((await Store.GetAsync("large", Cancellation))!.Content.Span.SequenceEqual([.. large, .. Two]));
    }

    [Fact]
    public async Task Put_OverWhatWasAppended_ReplacesItUnderItsTag()
    {
        await Store.AppendAsync("e", One, Cancellation);
        var stored = await Store.GetAsync("e", Cancellation);
        await Store.AppendAsync("e", Two, Cancellation);

        Assert.Null(await Store.PutAsync("e", One, PutCondition.IfTag(stored!.Tag), Cancellation));
        stored = await Store.GetAsync("e", Cancellation);
        Assert.NotNull(await Store.PutAsync("e", One, PutCondition.IfTag(stored!.Tag), Cancellation));
        await Store.AppendAsync("e", Two, Cancellation);

        Assert.Equal("onetwo", await TextAsync("e"));
    }

    [Fact]
    public async Task Append_ManyTimes_LosesNothing()
    {
        var expected = new StringBuilder();
        for (var i = 0; i < 200; i++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"line {i}\n");
            expected.Append(line);
            await Store.AppendAsync("log", Encoding.UTF8.GetBytes(line), Cancellation);
        }

        Assert.Equal(expected.ToString(), await TextAsync("log"));
    }

    [Fact]
    public async Task Append_ManyWriters_KeepsEachCallTogether()
    {
        const int writers = 4, rounds = 15;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                var store = Open();
                for (var round = 0; round < rounds; round++)
                {
                    await store.AppendAsync("log", Encoding.UTF8.GetBytes($"{writer}:{round};{writer}:{round}\n"), Cancellation);
                }
            },
            Cancellation)));

        var lines = (await TextAsync("log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(writers * rounds, lines.Length);
        for (var writer = 0; writer < writers; writer++)
        {
            Assert.Equal(
                Enumerable.Range(0, rounds).Select(round => $"{writer}:{round};{writer}:{round}"),
                lines.Where(line => line.StartsWith($"{writer}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task List_Prefix_GivesOrdinalOrder()
    {
        foreach (var name in new[] { "b", "a/z", "a-b", "a.b", "a/c/d", "B" })
        {
            await Store.PutAsync(name, One, PutCondition.None, Cancellation);
        }

        Assert.Equal(["B", "a-b", "a.b", "a/c/d", "a/z", "b"], await NamesAsync(""));
        Assert.Equal(["a/c/d", "a/z"], await NamesAsync("a/"));
        Assert.Equal(["a/c/d"], await NamesAsync("a/c"));
        Assert.Empty(await NamesAsync("../"));
    }

    [Fact]
    public async Task Delete_UnderACondition_DeletesOnlyWhereItHolds()
    {
        var tag = await Store.PutAsync("x/y/z", One, PutCondition.None, Cancellation);
        var newer = await Store.PutAsync("x/y/z", Two, PutCondition.None, Cancellation);

        Assert.False(await Store.DeleteAsync("x/y/z", PutCondition.IfTag(tag!), Cancellation));
        Assert.False(await Store.DeleteAsync("x/y/z", PutCondition.IfAbsent, Cancellation));
        Assert.Equal(Two, (await Store.GetAsync("x/y/z", Cancellation))!.Content.ToArray());
        Assert.True(await Store.DeleteAsync("x/y/z", PutCondition.IfTag(newer!), Cancellation));
        Assert.True(await Store.DeleteAsync("x/y/z", PutCondition.None, Cancellation));
        Assert.Empty(await NamesAsync(""));
        Assert.NotNull(await Store.PutAsync("x/y/z", One, PutCondition.IfAbsent, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/.")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("ä")]
    [InlineData(".store/locks/00")]
    public async Task Put_NameIsNotAllowed_IsRefusedBeforeAnythingIsWritten(string name)
    {
        var exception = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync(name, One, PutCondition.None, Cancellation));

        Assert.Contains($"'{name}'", exception.Message);
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task PutIfTag_ManyClients_LosesNoUpdate()
    {
        const int contenders = 4, rounds = 15;

        await Task.WhenAll(Enumerable.Range(0, contenders).Select(_ => Task.Run(() => StoreContender.Count(Open(), rounds), Cancellation)));

        await StoreContender.AssertCountedAsync(Store, contenders * rounds);
    }

    [Fact]
    public async Task PutIfTag_ManyProcesses_LosesNoUpdate()
    {
        const int processes = 2, rounds = 25;
        var others = Enumerable.Range(0, processes).Select(_ => StoreContender.Start(Place, rounds)).ToList();
        StoreContender.Count(Open(), rounds);
        foreach (var other in others)
        {
            await StoreContender.ExitAsync(other);
        }

        await StoreContender.AssertCountedAsync(Store, (processes + 1) * rounds);
    }

    [Fact]
    public async Task Get_WhileReplaced_SeesOneOrTheOtherButNoPart()
    {
        var contents = new[] { new byte[100_000], new byte[150_000] };
        contents[1].AsSpan().Fill(1);
        await Store.PutAsync("x", contents[0], PutCondition.None, Cancellation);
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i <= 30; i++)
            {
                await Store.PutAsync("x", contents[i % 2], PutCondition.None, Cancellation);
            }
        }, Cancellation);

        do
        {
            var read = (await Store.GetAsync("x", Cancellation))!.Content;
            Assert.True(read.Span.SequenceEqual(contents[read.Span[0]]), $"A mixture of {read.Length} bytes was read.");
        }
        while (!writer.IsCompleted);

        await writer;
    }

    [Fact]
    public async Task Write_Cancelled_DoesNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync("a", One, PutCondition.None, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync("a", One, source.Token));

        Assert.Empty(await NamesAsync(""));
    }

    /// <summary>What <see cref="StoreContender"/> opens in another process.</summary>
    private protected abstract string Place { get; }

    private protected static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private protected async Task<string> TextAsync(string name)
        => Encoding.UTF8.GetString((await Store.GetAsync(name, Cancellation))!.Content.Span);

    private protected async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in Store.ListAsync(prefix, Cancellation))
        {
            names.Add(name);
        }

        return names;
    }
}
