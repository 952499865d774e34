using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;
using SkiaSharp;

namespace DistGan.Training.Tests.Data.Folders;

public sealed class FolderDataSetTests : IDisposable
{
    private const string Corrupt = "b/corrupt.jpg";

    private readonly PictureFolder _pictures = new();
    private readonly List<string> _warnings = [];
    private readonly List<DataProgress> _reports = [];

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Open_FiveHundredFilesOfAllKinds_RefusesAndNamesTheCorruptOne()
    {
        FillWithFiveHundred();

        var error = Assert.Throws<DistGanException>(() => Open(Recipe));

        Assert.Contains("1 of 504 files", error.Message);
        Assert.Contains(Corrupt, error.Message);
        Assert.Contains("on-corrupt = skip", error.Message);
        Assert.Equal(504, _reports.Max(static report => report.Done));
    }

    [Fact]
    public void Open_FiveHundredFilesSkippingTheCorruptOne_GivesTheOthersInOrder()
    {
        FillWithFiveHundred();

        using var data = Open(Recipe with { OnCorrupt = "skip", Labels = DataRecipe.Subfolders });

        Assert.Contains(Corrupt, Assert.Single(_warnings));
        Assert.Equal((503, 2, new SampleShape(3, 16, 16)), (data.Count, data.Classes, data.Shape));
        Assert.Equal(250, Enumerable.Range(0, 503).Count(i => data.LabelOf(i) == 0));
        var item = new byte[data.Shape.ItemBytes];
        data.Read(7, item);
        Assert.All(item, static value => Assert.InRange(value, 6, 8));
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("skip")]
    public void Open_ManyCorruptFiles_NamesTwentyAndTheNumberOfTheOthers(string onCorrupt)
    {
        _pictures.Add("good.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));
        for (var i = 0; i < 25; i++)
        {
            _pictures.Add($"bad-{i:D2}.png", [1, 2, 3]);
        }

        var named = onCorrupt == "skip"
            ? Skipped()
            : Assert.Throws<DistGanException>(() => Open(Recipe)).Message;

        Assert.Contains("25 of 26 files", named);
        Assert.Contains("bad-19.png", named);
        Assert.DoesNotContain("bad-20.png", named);
    }

    [Fact]
    public void Open_OnlyCorruptFiles_IsRefusedEvenIfTheyMayBeSkipped()
    {
        _pictures.Add("bad.jpg", [0xFF, 0xD8, 1, 2]);

        Assert.Contains("bad.jpg", Assert.Throws<DistGanException>(() => Open(Recipe with { OnCorrupt = "skip" })).Message);
    }

    [Fact]
    public void Open_MoreThanTheMemory_StaysOnDiskAndGivesTheSame()
    {
        for (var i = 0; i < 600; i++)
        {
            _pictures.Add($"{i:D4}.png", PictureFolder.EncodePlain(32, 32, PictureFolder.Grey(i % 256), SKEncodedImageFormat.Png));
        }

        var recipe = Recipe with { Size = 64, Channels = 3 };
        using var inMemory = Open(recipe);
        Open(recipe with { MemoryBytes = 1 << 20 }).Dispose();
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var onDisk = Open(recipe with { MemoryBytes = 1 << 20 });
        var (one, two) = (new byte[inMemory.Shape.ItemBytes], new byte[inMemory.Shape.ItemBytes]);
        for (var i = 0; i < 600; i++)
        {
            onDisk.Read(i, two);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(allocated, 1, 2 << 20); // the images are 600 · 12 KiB = 7 MiB
        Assert.Equal(inMemory.Fingerprint, onDisk.Fingerprint);
        for (var i = 0; i < 600; i++)
        {
            inMemory.Read(i, one);
            onDisk.Read(i, two);
            Assert.Equal(one, two);
        }
    }

    [Fact]
    public void Open_Twice_DecodesOnce()
    {
        _pictures.Add("a.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));
        Open(Recipe).Dispose();
        _reports.Clear();

        using var data = Open(Recipe);

        Assert.Empty(_reports);
        Assert.Single(Directory.GetFiles(Path.Combine(_pictures.Cache, "unpacked")));
    }

    [Fact]
    public void Open_AFileChanged_DecodesAgainWithAnotherFingerprint()
    {
        _pictures.Add("a.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));
        using var first = Open(Recipe);
        _pictures.Add("a.png", PictureFolder.EncodePlain(9, 9, SKColors.Blue, SKEncodedImageFormat.Png));

        using var second = Open(Recipe);

        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void Open_DamagedPack_IsMadeAgain()
    {
        _pictures.Add("a.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));
        using var first = Open(Recipe);
        var pack = Assert.Single(Directory.GetFiles(Path.Combine(_pictures.Cache, "unpacked")));
        File.WriteAllBytes(pack, File.ReadAllBytes(pack)[..^3]);

        using var second = Open(Recipe);

        Assert.Equal(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void Open_CacheThatCannotBeWritten_UsesATemporaryFileAndSaysSo()
    {
        _pictures.Add("a.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));
        File.WriteAllText(_pictures.Cache, "a file where the folder should be");

        using var data = Open(Recipe with { MemoryBytes = 0 });

        Assert.Contains(DataPlaces.Variable, Assert.Single(_warnings));
        data.Read(0, new byte[data.Shape.ItemBytes]);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(3, 3)]
    public void Open_GreyFiles_HaveOneChannelUnlessThreeAreAskedFor(int? channels, int expected)
    {
        _pictures.Add("a.png", PictureFolder.Encode(16, 16, static (_, _) => PictureFolder.Grey(9), type: SKColorType.Gray8));

        using var data = Open(Recipe with { Channels = channels });

        Assert.Equal(expected, data.Shape.Channels);
    }

    [Fact]
    public void Open_FilesOutsideOfSubfoldersWithLabels_IsRefused()
    {
        _pictures.Add("a.png", PictureFolder.EncodePlain(8, 8, SKColors.Red, SKEncodedImageFormat.Png));

        Assert.Contains("a.png", Assert.Throws<DistGanException>(() => Open(Recipe with { Labels = DataRecipe.Subfolders })).Message);
    }

    [Fact]
    public void Open_NoImages_NamesTheFolder()
        => Assert.Contains(_pictures.Path, Assert.Throws<MachineException>(() => Open(Recipe)).Message);

    [Fact]
    public void Open_NoFolder_NamesIt()
        => Assert.Contains("nowhere", Assert.Throws<MachineException>(() => Open(Recipe with { Folder = Path.Combine(_pictures.Path, "nowhere") })).Message);

    private DataRecipe Recipe => new() { Name = null, Folder = _pictures.Path, Size = 16 };

    private IDataSet Open(DataRecipe recipe)
        => DataCatalog.Open(recipe, seed: 1, new DataOpening { Places = new DataPlaces { Cache = _pictures.Cache }, Warn = _warnings.Add, Report = _reports.Add });

    private string Skipped()
    {
        using var data = Open(Recipe with { OnCorrupt = "skip" });
        Assert.Equal(1, data.Count);
        return string.Join('\n', _warnings);
    }

    /// <summary>250 files of class a and 254 of class b, among them one of 16 bits, a grey, a huge and a corrupt one.</summary>
    private void FillWithFiveHundred()
    {
        for (var i = 0; i < 500; i++)
        {
            var isPng = i % 3 == 0;
            var content = PictureFolder.EncodePlain(20 + i % 30, 40 - i % 20, PictureFolder.Grey(i % 256), isPng ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg);
            _pictures.Add($"{(i < 250 ? 'a' : 'b')}/{i:D3}.{(isPng ? "png" : "jpg")}", content);
        }

        _pictures.Add("b/deep.png", PngBytes.Grey16(30, 20, static (x, y) => 300 * (x + y)));
        _pictures.Add("b/grey.png", PictureFolder.Encode(24, 24, static (x, _) => PictureFolder.Grey(x), type: SKColorType.Gray8));
        _pictures.Add("b/inner/huge.jpg", PictureFolder.EncodePlain(6000, 4000, SKColors.Green, SKEncodedImageFormat.Jpeg));
        var whole = PictureFolder.Encode(64, 64, static (x, y) => PictureFolder.Grey(x * y * 7 % 256), SKEncodedImageFormat.Jpeg);
        _pictures.Add(Corrupt, whole[..(whole.Length / 2)]);
    }
}
