using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Tests.Data.Sources;

public sealed class DataLookupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("user", "train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz")]
    [InlineData("system", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte")]
    public void Open_FilesInTheUsersOrTheSystemsFolder_AreFound(string root, string images, string labels)
    {
        Write(root, images, IdxBytes.Of(IdxBytes.Noise(3 * 64), 3, 8, 8));
        Write(root, labels, IdxBytes.Of([1, 2, 0], 3));

        using var data = DataCatalog.Open(new DataRecipe { Name = "mnist", Size = 8 }, seed: 1, new DataOpening { Places = Places });

        Assert.Equal(("mnist", 3, 3), (data.Name, data.Count, data.Classes));
    }

    [Fact]
    public void Find_FilesInTheFolderOfAnArchive_AreFoundAndSoIsWhatIsMadeOfThem()
    {
        Write("user", "inner/train-images-idx3-ubyte", []);
        Write("user", "inner/train-labels-idx1-ubyte", []);

        Assert.Equal(Path.Combine(Places.Cache, "mnist", "inner"), DataLookup.Find(DataSetCards.Find("mnist")!, Places));
        Assert.Equal(Path.Combine(Places.Cache, "mnist", "inner"), DataLookup.Find(DataSetCards.Find("stacked-mnist")!, Places));
    }

    [Fact]
    public void Find_HalfOfTheFiles_IsNotFound()
    {
        Write("user", "train-images-idx3-ubyte", IdxBytes.Of(IdxBytes.Noise(64), 1, 8, 8));

        Assert.Null(DataLookup.Find(DataSetCards.Find("mnist")!, Places));
    }

    [Fact]
    public void Open_MissingSet_SaysHowToGetIt()
    {
        var error = Assert.Throws<MachineException>(() => DataCatalog.Open(new DataRecipe { Name = "fashion-mnist" }, seed: 1, new DataOpening { Places = Places }));

        Assert.Contains("data get fashion-mnist", error.Message);
        Assert.Contains("apt-get install dataset-fashion-mnist", error.Message);
        Assert.Contains("26421880 bytes", error.Message);
        Assert.Contains(Path.Combine(Places.Cache, "fashion-mnist"), error.Message);
    }

    [Fact]
    public void All_Cards_AreThoseOfTheCatalogAndAgreeWithTheFacts()
    {
        Assert.Equal(DataCatalog.Entries.Keys, DataSetCards.All.Select(static card => card.Name));
        Assert.All(DataSetCards.All, static card =>
        {
            var facts = DataFacts.OfCatalog(new DataRecipe { Name = card.Name })!;
            Assert.Equal((facts.Channels, facts.Height, facts.Width, facts.Classes), (card.Shape.Channels, card.Shape.Height, card.Shape.Width, card.Classes));
            Assert.All(card.Files, static file => Assert.Equal(64, file.Sha256.Length));
        });
    }

    private DataPlaces Places => new() { Cache = Path.Combine(_folder.Path, "user"), System = [Path.Combine(_folder.Path, "system")] };

    private void Write(string root, string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, root, "mnist", name))!);
        _folder.Write(Path.Combine(root, "mnist", name), bytes);
    }
}
