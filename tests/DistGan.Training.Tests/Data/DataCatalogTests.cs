using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Tests.Data;

public sealed class DataCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What is here on every machine.</summary>
    public static TheoryData<string> Names => [.. DataCatalog.Entries.Keys.Where(static name => DataSetCards.Find(name)!.Files.Count == 0)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Open_EveryEntry_KeepsTheContractOfADataSet(string name)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = name, Base = "fashion-10k" }, seed: 1);
        using var again = DataCatalog.Open(new DataRecipe { Name = name, Base = "fashion-10k" }, seed: 1);
        var (one, two) = (new byte[data.Shape.ItemBytes], new byte[data.Shape.ItemBytes]);

        Assert.Equal(name, data.Name);
        Assert.Equal(64, data.Fingerprint.Length);
        Assert.Equal(data.Fingerprint, again.Fingerprint);
        foreach (var index in new[] { 0, 1, data.Count / 2, data.Count - 1 })
        {
            data.Read(index, one);
            again.Read(index, two);
            Assert.Equal(one, two);
            Assert.InRange(data.LabelOf(index), 0, data.Classes - 1);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(data.Count, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(-1, one));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Read(0, new byte[one.Length + 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.LabelOf(data.Count));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Open_EveryEntry_AgreesWithWhatRecipesSayOfIt(string name)
    {
        var recipe = new DataRecipe { Name = name, Base = "fashion-10k" };
        using var data = DataCatalog.Open(recipe, seed: 1);

        var facts = DataFacts.OfCatalog(recipe)!;

        Assert.Equal((facts.Channels, facts.IsImages, facts.Classes), (data.Shape.Channels, data.Shape.IsImage, data.Classes));
        Assert.Equal(facts.ItemBytes(recipe.Size), data.Shape.ItemBytes);
        Assert.True(facts.Count == 0 || facts.Count == data.Count);
        var card = DataSetCards.Find(name)!;
        Assert.Equal((card.Samples, card.Classes, card.Shape), (data.Count, data.Classes, data.Shape));
    }

    [Fact]
    public void Open_Fashion_HasTenThousandImagesWithAThousandOfEachClass()
    {
        using var data = DataCatalog.Open(new DataRecipe(), seed: 1);

        var classes = Enumerable.Range(0, (int)data.Count).GroupBy(i => data.LabelOf(i)).ToDictionary(static g => g.Key, static g => g.Count());

        Assert.Equal(new SampleShape(1, 28, 28), data.Shape);
        Assert.Equal(10_000, data.Count);
        Assert.Equal(10, classes.Count);
        Assert.All(classes.Values, static count => Assert.Equal(1000, count));
    }

    [Fact]
    public void Open_Fashion_IsPaddedWithBackgroundTo32()
    {
        using var plain = DataCatalog.Open(new DataRecipe(), seed: 1);
        using var padded = DataCatalog.Open(new DataRecipe { Size = 32 }, seed: 1);
        var (small, large) = (new byte[28 * 28], new byte[32 * 32]);
        plain.Read(5, small);
        Array.Fill(large, (byte)9);
        padded.Read(5, large);

        for (var y = 0; y < 32; y++)
        {
            for (var x = 0; x < 32; x++)
            {
                var inside = y is >= 2 and < 30 && x is >= 2 and < 30;
                Assert.Equal(inside ? small[(y - 2) * 28 + x - 2] : 0, large[y * 32 + x]);
            }
        }

        Assert.NotEqual(plain.Fingerprint, padded.Fingerprint);
    }

    [Fact]
    public void Open_Fashion_HasItsLicenceBesideIt()
        => Assert.Contains("Zalando", File.ReadAllText(Path.Combine(Path.GetDirectoryName(FashionFiles.ShippedImages)!, "LICENSE.txt")));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    public void Open_Ring_HasThatManyDistinctModesOfEqualWeight(int modes)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "ring", Modes = modes }, seed: 3);
        var centers = data.Modes!.Centers;

        Assert.Equal(modes, centers.Count);
        for (var i = 0; i < modes; i++)
        {
            Assert.Equal(1, Math.Sqrt(centers[i].X * centers[i].X + centers[i].Y * centers[i].Y), 1e-12);
            Assert.All(centers.Take(i), other => Assert.True(Distance(other, centers[i]) > 1.0 / modes));
        }

        var perMode = Enumerable.Range(0, (int)data.Count).CountBy(i => data.LabelOf(i)).ToDictionary();
        Assert.Equal(modes, perMode.Count);
        Assert.InRange(perMode.Values.Max() - perMode.Values.Min(), 0, 1);
    }

    [Theory]
    [InlineData("ring", 0.01)]
    [InlineData("grid", 0.05)]
    public void Open_Mixture_DrawsPointsAroundTheCentreOfTheirLabel(string name, double deviation)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = name }, seed: 3);
        var (bytes, squares) = (new byte[8], 0.0);
        for (var i = 0; i < data.Count; i++)
        {
            data.Read(i, bytes);
            var point = MemoryMarshal.Cast<byte, float>(bytes);
            var distance = Distance(data.Modes!.Centers[data.LabelOf(i)], (point[0], point[1]));
            Assert.True(distance < 6 * deviation);
            squares += distance * distance;
        }

        Assert.Equal(100_000, data.Count);
        Assert.Equal(deviation, Math.Sqrt(squares / 2 / data.Count), deviation * 0.01);
    }

    [Fact]
    public void Open_MixtureWithAnotherSeed_DrawsOtherPoints()
    {
        using var one = DataCatalog.Open(new DataRecipe { Name = "grid" }, seed: 1);
        using var two = DataCatalog.Open(new DataRecipe { Name = "grid" }, seed: 2);
        var (first, second) = (new byte[8], new byte[8]);
        one.Read(0, first);
        two.Read(0, second);

        Assert.NotEqual(first, second);
        Assert.NotEqual(one.Fingerprint, two.Fingerprint);
    }

    [Fact]
    public void Open_UnknownName_ListsTheNames()
    {
        var error = Assert.Throws<DistGanException>(() => DataCatalog.Open(new DataRecipe { Name = "rings" }, seed: 1));

        Assert.All(DataCatalog.Entries.Keys, name => Assert.Contains(name, error.Message));
    }

    [Fact]
    public void Open_IdxFiles_ReadsImagesAndLabels()
    {
        var images = _folder.Write("images", IdxBytes.Of(IdxBytes.Noise(3 * 9 * 8), 3, 9, 8));
        var labels = _folder.Write("labels.gz", IdxBytes.Gzip(IdxBytes.Of([2, 0, 4], 3)));

        using var data = DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Labels = labels, Size = 9 }, seed: 1);

        Assert.Equal(("images", 3L, 5), (data.Name, data.Count, data.Classes));
        Assert.Equal(new SampleShape(1, 9, 9), data.Shape);
        Assert.Equal([2, 0, 4], Enumerable.Range(0, 3).Select(i => data.LabelOf(i)));
    }

    [Fact]
    public void Open_LabelsOfAnotherSet_NamesBothCounts()
    {
        var images = _folder.Write("images", IdxBytes.Of(IdxBytes.Noise(3 * 8 * 8), 3, 8, 8));
        var labels = _folder.Write("labels", IdxBytes.Of([2, 0], 2));

        var error = Assert.Throws<DistGanException>(() => DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Labels = labels }, seed: 1));

        Assert.Contains("2 labels", error.Message);
        Assert.Contains("3 images", error.Message);
    }

    [Fact]
    public void Open_ImagesLargerThanTheSize_AreCroppedAndShrunk()
    {
        var images = _folder.Write("images", IdxBytes.Of([.. Enumerable.Range(0, 40 * 32).Select(static i => (byte)(i / 32 is < 4 or >= 36 ? 255 : 9))], 1, 40, 32));
        using var data = DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Size = 16 }, seed: 1);
        var item = new byte[256];

        data.Read(0, item);

        Assert.All(item, static value => Assert.Equal(9, value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_IdxLargerThanTheMemory_ReadsFromDiskAndGivesTheSame(bool gzip)
    {
        var bytes = IdxBytes.Of(IdxBytes.Noise(50 * 9 * 8), 50, 9, 8);
        var images = _folder.Write("images", gzip ? IdxBytes.Gzip(bytes) : bytes);
        var recipe = new DataRecipe { Name = null, Idx = images, Size = 12 };
        using var inMemory = DataCatalog.Open(recipe, seed: 1);
        using var onDisk = DataCatalog.Open(recipe with { MemoryBytes = 100 }, seed: 1, new DataOpening { Places = new DataPlaces { Cache = _folder.Path } });
        var (one, two) = (new byte[144], new byte[144]);

        Assert.Equal(inMemory.Fingerprint, onDisk.Fingerprint);
        for (var i = 0; i < 50; i++)
        {
            inMemory.Read(i, one);
            onDisk.Read(i, two);
            Assert.Equal(one, two);
        }
    }

    [Fact]
    public void Open_TruncatedIdxLargerThanTheMemory_NamesFileAndOffset()
    {
        var images = _folder.Write("cut.gz", IdxBytes.Gzip(IdxBytes.Of(IdxBytes.Noise(50 * 9 * 8), 50, 9, 8)[..1000]));
        var opening = new DataOpening { Places = new DataPlaces { Cache = _folder.Path } };

        var error = Assert.Throws<DistGanException>(() => DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Size = 12, MemoryBytes = 100 }, seed: 1, opening));

        Assert.Contains(images, error.Message);
        Assert.Contains("byte 1000", error.Message);
        Assert.Empty(Directory.GetFiles(opening.Places.Unpacked));
    }

    [Theory]
    [InlineData(40, 4)]
    [InlineData(8, 1)]
    public void Open_Gaussians_HasThatManyModesApartFromEachOther(int modes, double spread)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "gaussians", Modes = modes, Spread = spread }, seed: 3);
        using var other = DataCatalog.Open(new DataRecipe { Name = "gaussians", Modes = modes, Spread = spread }, seed: 4);
        var centers = data.Modes!.Centers;

        Assert.Equal(modes, centers.Count);
        for (var i = 0; i < modes; i++)
        {
            Assert.InRange(Math.Max(Math.Abs(centers[i].X), Math.Abs(centers[i].Y)), 0, spread);
            Assert.All(centers.Take(i), center => Assert.True(Distance(center, centers[i]) >= GaussianCenters.Apart));
        }

        Assert.NotEqual(centers, other.Modes!.Centers);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
