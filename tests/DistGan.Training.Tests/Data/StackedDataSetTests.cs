using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

public sealed class StackedDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EveryImage_HasTheDigitsOfItsLabelAsChannels()
    {
        // Ten images of 8×8, all of whose pixels are the digit.
        _folder.Write("train-images-idx3-ubyte", IdxBytes.Of([.. Enumerable.Range(0, 640).Select(static i => (byte)(i / 64))], 10, 8, 8));
        _folder.Write("train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10)));
        using var data = DataCatalog.Open(new DataRecipe { Name = "stacked-mnist", Base = _folder.Path, Size = 8 }, seed: 5);
        var item = new byte[data.Shape.ItemBytes];
        var seen = new HashSet<int>();

        for (var i = 0; i < data.Count; i++)
        {
            data.Read(i, item);
            Assert.Equal(100 * item[0] + 10 * item[64] + item[128], data.LabelOf(i));
            seen.Add(data.LabelOf(i));
        }

        Assert.Equal((128_000, 1000, new SampleShape(3, 8, 8)), (data.Count, data.Classes, data.Shape));
        Assert.Equal(1000, seen.Count);
    }

    [Fact]
    public void Open_AnotherSeed_StacksOtherDigits()
    {
        var recipe = new DataRecipe { Name = "stacked-mnist", Base = "fashion-10k" };
        using var one = DataCatalog.Open(recipe, seed: 1);
        using var same = DataCatalog.Open(recipe, seed: 1);
        using var two = DataCatalog.Open(recipe, seed: 2);

        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.NotEqual(one.Fingerprint, two.Fingerprint);
        Assert.NotEqual(Enumerable.Range(0, 20).Select(i => one.LabelOf(i)), Enumerable.Range(0, 20).Select(i => two.LabelOf(i)));
    }

    [Fact]
    public void Open_BaseWithoutFiles_SaysWhatIsAllowed()
        => Assert.Contains("data.base", Assert.Throws<MachineException>(() => DataCatalog.Open(new DataRecipe { Name = "stacked-mnist", Base = _folder.Path }, seed: 1)).Message);

    [Fact]
    public void Constructor_DigitsWithoutLabels_IsRefused()
    {
        var images = _folder.Write("images", IdxBytes.Of(IdxBytes.Noise(3 * 64), 3, 8, 8));
        using var digits = IdxDataSet.Open("digits", images, null, 8);

        Assert.Contains("0 classes", Assert.Throws<DistGanException>(() => new StackedDataSet("stacked-mnist", digits, 10, 1)).Message);
    }
}
