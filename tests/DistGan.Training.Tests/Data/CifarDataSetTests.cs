using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Tests.Data;

public sealed class CifarDataSetTests : IDisposable
{
    private const int Record = 3073;

    private readonly TemporaryFolder _folder = new();

    public CifarDataSetTests()
    {
        foreach (var name in CifarDataSet.FileNames)
        {
            _folder.Write(name, Records(name[11]));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0L)]
    public void Open_FolderOfFiveFiles_GivesPlanesAndLabelsInOrder(long memory)
    {
        using var data = Open(new DataRecipe { Size = 32, MemoryBytes = memory });
        var item = new byte[3072];

        data.Read(6, item);

        Assert.Equal((20, 10, new SampleShape(3, 32, 32)), (data.Count, data.Classes, data.Shape));
        Assert.Equal(Records('2')[(2 * Record + 1)..(3 * Record)], item);
        Assert.Equal(Records('2')[2 * Record], data.LabelOf(6));
    }

    [Fact]
    public void Open_InMemoryOrOnDisk_HasTheSameFingerprint()
    {
        using var one = Open(new DataRecipe { Size = 32 });
        using var two = Open(new DataRecipe { Size = 32, MemoryBytes = 0 });
        using var smaller = Open(new DataRecipe { Size = 16 });

        Assert.Equal(one.Fingerprint, two.Fingerprint);
        Assert.NotEqual(one.Fingerprint, smaller.Fingerprint);
        Assert.Equal(new SampleShape(3, 16, 16), smaller.Shape);
    }

    [Theory]
    [InlineData(4 * Record - 1)]
    [InlineData(3 * Record)]
    public void Open_TruncatedFile_NamesFileAndOffset(int length)
    {
        var path = _folder.Write("data_batch_3.bin", Records('3')[..length]);

        var error = Assert.Throws<DistGanException>(() => Open(new DataRecipe { Size = 32 }));

        Assert.Contains(path, error.Message);
        Assert.Contains($"byte {length}", error.Message);
    }

    [Fact]
    public void Open_LabelAboveNine_NamesFileAndOffset()
    {
        var records = Records('4');
        records[2 * Record] = 10;
        var path = _folder.Write("data_batch_4.bin", records);

        var error = Assert.Throws<DistGanException>(() => Open(new DataRecipe { Size = 32 }));

        Assert.Contains(path, error.Message);
        Assert.Contains($"byte {2 * Record}", error.Message);
    }

    [Fact]
    public void Open_AFileMissing_NamesIt()
    {
        File.Delete(Path.Combine(_folder.Path, "data_batch_5.bin"));

        Assert.Contains("data_batch_5.bin", Assert.Throws<MachineException>(() => Open(new DataRecipe { Size = 32 })).Message);
    }

    [Fact]
    public void Open_ByName_FindsTheFilesInTheUsersFolder()
    {
        var cache = Path.Combine(_folder.Path, "cache");
        Directory.CreateDirectory(cache);
        Directory.CreateSymbolicLink(Path.Combine(cache, "cifar-10"), _folder.Path);

        using var data = DataCatalog.Open(new DataRecipe { Name = "cifar-10", Size = 32 }, 1, new DataOpening { Places = new DataPlaces { Cache = cache } });

        Assert.Equal(("cifar-10", 20), (data.Name, data.Count));
    }

    private IDataSet Open(DataRecipe recipe) => DataCatalog.Open(recipe with { Name = null, Folder = _folder.Path }, seed: 1);

    private static byte[] Records(int seed)
    {
        var bytes = IdxBytes.Noise(4 * Record, seed);
        for (var r = 0; r < 4; r++)
        {
            bytes[r * Record] %= 10;
        }

        return bytes;
    }
}
