using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using DistGan.Client.Data;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.EndToEnd.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = MakeContent();

    private readonly TempFolder _folder = new();
    private readonly FileServer _server = new();
    private readonly HttpClient _client = Downloader.CreateClient();
    private readonly List<DataProgress> _reports = [];

    public DownloaderTests() => _server.Files["file.bin"] = Content;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Fetch_WholeFile_HasItsNameAndContent()
    {
        await FetchAsync();

        Assert.Equal(Content, File.ReadAllBytes(_folder["file.bin"]));
        Assert.Equal([_folder["file.bin"]], Directory.GetFiles(_folder.Path));
        Assert.Equal((Content.Length, Content.Length), (_reports[^1].Done, _reports[^1].Total));
    }

    [Fact]
    public async Task Fetch_ConnectionBreaks_GoesOnFromThere()
    {
        _server.BreaksAfter = 100_000;

        await FetchAsync();

        Assert.Equal(Content, File.ReadAllBytes(_folder["file.bin"]));
        Assert.Equal(2, _server.Ranges.Count);
        Assert.Matches("^bytes=[1-9][0-9]*-$", _server.Ranges[1]);
    }

    [Fact]
    public async Task Fetch_PartOfAnEarlierTry_AsksForTheRest()
    {
        File.WriteAllBytes(_folder["file.bin.part"], Content[..123_456]);

        await FetchAsync();

        Assert.Equal(["bytes=123456-"], _server.Ranges);
        Assert.Equal(Content, File.ReadAllBytes(_folder["file.bin"]));
    }

    [Fact]
    public async Task Fetch_ServerWithoutRanges_StartsAgain()
    {
        _server.KnowsRanges = false;
        File.WriteAllBytes(_folder["file.bin.part"], Content[..123_456]);

        await FetchAsync();

        Assert.Equal(Content, File.ReadAllBytes(_folder["file.bin"]));
    }

    [Fact]
    public async Task Fetch_WrongHash_IsThrownAwayAndBothHashesAreNamed()
    {
        _server.Files["file.bin"] = [.. Content[..^1], (byte)(Content[^1] ^ 1)];

        var error = await Assert.ThrowsAsync<DistGanException>(() => FetchAsync());

        Assert.Contains(Hash(Content), error.Message);
        Assert.Contains(Hash(_server.Files["file.bin"]), error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_FirstAddressHasNothing_TakesTheSecond()
    {
        await FetchAsync(new Uri(_server.Address, "elsewhere.bin"), new Uri(_server.Address, "file.bin"));

        Assert.Equal(Content, File.ReadAllBytes(_folder["file.bin"]));
    }

    [Fact]
    public async Task Get_NothingToFetchFrom_SaysWhatElseCanBeDone()
    {
        var card = DataSetCards.Find("fashion-mnist")!;

        var error = await Assert.ThrowsAsync<DistGanException>(() => Getter().GetAsync(card, _server.Address, CancellationToken.None));

        Assert.Contains("answered 404", error.Message);
        Assert.Contains("apt-get install dataset-fashion-mnist", error.Message);
        Assert.Contains(_folder["cache/fashion-mnist"], error.Message);
        Assert.Contains("26421880 bytes", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_AMirrorWithPlainFiles_TakesThem(bool isFolder)
    {
        var plain = new DataFile("a-ubyte", Content.Length, Hash(Content), []);
        var card = DataSetCards.Find("mnist")! with { Name = "set", Files = [new DataFile("a-ubyte.gz", 5, "no such hash", ["http://127.0.0.1/"]) { Plain = plain }] };
        _server.Files["a-ubyte"] = Content;
        File.WriteAllBytes(_folder["a-ubyte"], Content);

        var (folder, isNew) = await Getter().GetAsync(card, isFolder ? new Uri(_folder.Path) : _server.Address, CancellationToken.None);

        Assert.True(isNew);
        Assert.Equal(Content, File.ReadAllBytes(Path.Combine(folder, "a-ubyte")));
        Assert.Equal(folder, DataLookup.Find(card, new DataPlaces { Cache = _folder["cache"], System = [] }));
    }

    [Fact]
    public async Task Get_AFolderWithOtherFiles_SaysWhatIsMissingAndWhatIsDifferent()
    {
        File.WriteAllBytes(_folder["train-images-idx3-ubyte"], Content);

        var error = await Assert.ThrowsAsync<DistGanException>(() => Getter().GetAsync(DataSetCards.Find("mnist")!, new Uri(_folder.Path), CancellationToken.None));

        Assert.Contains($"is not at {_folder["train-images-idx3-ubyte.gz"]}", error.Message, StringComparison.Ordinal);
        Assert.Contains(Hash(Content), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["cache/mnist"]));
    }

    [Fact]
    public async Task Get_AnArchive_TakesOutWhatIsUsedAndRemovesIt()
    {
        _server.Files["set.tar.gz"] = Archive(("inner/one.bin", [1, 2]), ("../evil.bin", [6]), ("inner/two.bin", [3]));
        var card = Card(["one.bin", "two.bin"]);

        var (folder, isNew) = await Getter().GetAsync(card, _server.Address, CancellationToken.None);
        var (_, isNewAgain) = await Getter().GetAsync(card, _server.Address, CancellationToken.None);

        Assert.Equal(["one.bin", "two.bin"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal([1, 2], File.ReadAllBytes(Path.Combine(folder, "one.bin")));
        Assert.Equal((true, false), (isNew, isNewAgain));
        Assert.Single(_server.Ranges);
    }

    private Task FetchAsync(params Uri[] addresses)
        => Fetcher().FetchAsync(
            new DataFile("file.bin", Content.Length, Hash(Content), []), addresses.Length > 0 ? addresses : [new Uri(_server.Address, "file.bin")], _folder["file.bin"], CancellationToken.None);

    private Downloader Fetcher() => new(_client, TimeProvider.System, _reports.Add);

    private DataGetter Getter() => new(Fetcher(), new DataPlaces { Cache = _folder["cache"], System = [] });

    private DataSetCard Card(IReadOnlyList<string> unpacks)
    {
        var archive = _server.Files["set.tar.gz"];
        return DataSetCards.Find("mnist")! with { Name = "set", Files = [new DataFile("set.tar.gz", archive.Length, Hash(archive), ["http://127.0.0.1/"]) { Unpacks = unpacks }] };
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in entries)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return packed.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] MakeContent()
    {
        var content = new byte[400_000];
        new Random(1).NextBytes(content);
        return content;
    }
}
