using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Archives;
using DistGan.Training.Data.Sources;
using DistGan.Training.Tests.Data.Folders;
using SkiaSharp;

namespace DistGan.Training.Tests.Data.Archives;

public sealed class ArchiveFilesTests : IDisposable
{
    private static readonly string Id = new('a', 64);

    private readonly TemporaryFolder _folder = new();
    private readonly PictureFolder _pictures = new();

    private DataPlaces Places => new() { Cache = Path.Combine(_folder.Path, "cache"), System = [Path.Combine(_folder.Path, "system")] };

    public void Dispose()
    {
        _folder.Dispose();
        _pictures.Dispose();
    }

    [Fact]
    public async Task Open_AFolderWhoseCopyIsHere_IsTheSameDataWithoutTheFolder()
    {
        AddPictures(static i => new SKColor((byte)(20 * i), 9, 200));
        var recipe = new DataRecipe { Name = null, Folder = _pictures.Path, Labels = DataRecipe.Subfolders, Size = 8 };
        var fingerprint = await UploadAsync(recipe, Id);
        Directory.Delete(_pictures.Path, recursive: true);

        using var data = Open(recipe with { Stored = Id });

        Assert.Equal((fingerprint, 6, 2, "pictures/"), (data.Fingerprint, data.Count, data.Classes, data.Name));
        Assert.Equal(["day", "night"], data.ClassNames);
    }

    [Fact]
    public async Task Open_TwoUploadsOfEqualNamesAndLengths_AreNotMistaken()
    {
        AddPictures(static _ => SKColors.Black);
        var recipe = new DataRecipe { Name = null, Folder = _pictures.Path, Size = 8 };
        var black = await UploadAsync(recipe, Id);
        foreach (var file in Directory.GetFiles(_pictures.Path, "*.png", SearchOption.AllDirectories))
        {
            var content = File.ReadAllBytes(file);
            Array.Reverse(content); // the same length, and no picture
            File.WriteAllBytes(file, content);
        }

        var other = new string('b', 64);
        await ArchiveParts.JoinAsync(ArchiveParts.CutAsync(ArchiveFiles.Of(recipe, Places), 1000, CancellationToken.None), 1000, Places.StoredFolder(other), CancellationToken.None);

        using var first = Open(recipe with { Stored = Id });
        Assert.Equal(black, first.Fingerprint);
        _ = Assert.Throws<DistGanException>(() => Open(recipe with { Stored = other }));
    }

    [Fact]
    public async Task Open_AnIdxFileAndItsLabelsWhoseCopiesAreHere_IsTheSameData()
    {
        var (images, labels) = (Path.Combine(_folder.Path, "one", "data"), Path.Combine(_folder.Path, "two", "data"));
        Write(images, IdxBytes.Of(IdxBytes.Noise(4 * 64), 4, 8, 8));
        Write(labels, IdxBytes.Of([0, 1, 2, 1], 4));
        var recipe = new DataRecipe { Name = null, Idx = images, Labels = labels, Size = 8 };
        var fingerprint = await UploadAsync(recipe, Id);
        File.Delete(images);
        File.Delete(labels);

        using var data = Open(recipe with { Stored = Id });

        Assert.Equal((fingerprint, 4, 3), (data.Fingerprint, data.Count, data.Classes));
    }

    [Theory]
    [InlineData("mnist", "mnist")]
    [InlineData("stacked-mnist", "mnist")]
    [InlineData("stacked-mnist", "FOLDER")]
    public async Task Open_ASetOfTheCatalogWhoseCopyIsHere_IsTheSameData(string name, string digits)
    {
        var folder = digits == "mnist" ? Path.Combine(Places.System[0], "mnist") : Path.Combine(_folder.Path, "own");
        Write(Path.Combine(folder, "train-images-idx3-ubyte"), IdxBytes.Of(IdxBytes.Noise(4 * 64), 4, 8, 8));
        Write(Path.Combine(folder, "train-labels-idx1-ubyte"), IdxBytes.Of([0, 1, 2, 1], 4));
        var recipe = new DataRecipe { Name = name, Base = digits == "mnist" ? digits : folder, Size = 8 };
        var fingerprint = await UploadAsync(recipe, Id);
        Directory.Delete(folder, recursive: true);

        using var data = Open(recipe with { Stored = Id });

        Assert.Equal((fingerprint, name), (data.Fingerprint, data.Name));
    }

    [Fact]
    public async Task Of_TheSameFilesUnderAnotherName_IsTheSameArchive()
    {
        AddPictures(static i => new SKColor((byte)(20 * i), 9, 200));
        var before = await PartsAsync(_pictures.Path);
        var other = Path.Combine(_folder.Path, "other");
        Directory.Move(_pictures.Path, other);

        Assert.Equal(before, await PartsAsync(other));

        async Task<byte[]> PartsAsync(string folder)
            => [.. (await ArchiveParts.CutAsync(ArchiveFiles.Of(new DataRecipe { Name = null, Folder = folder }, Places), 1000, CancellationToken.None).ToListAsync()).SelectMany(static part => part.ToArray())];
    }

    [Fact]
    public void Of_Cifar_IsItsFiveFiles()
    {
        Write(Path.Combine(_pictures.Path, "other.txt"), [1]);
        foreach (var name in CifarDataSet.FileNames)
        {
            Write(Path.Combine(_pictures.Path, name), [1]);
        }

        Assert.Equal(CifarDataSet.FileNames.Select(static name => $"folder/{name}"), ArchiveFiles.Of(new DataRecipe { Name = null, Folder = _pictures.Path }, Places).Select(static entry => entry.Name));
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("fashion-10k")]
    [InlineData("cifar-10")]
    public void Of_WhatIsDrawnOrShippedOrNotHere_IsNothing(string name) => Assert.Empty(ArchiveFiles.Of(new DataRecipe { Name = name }, Places));

    [Fact]
    public void Of_FilesThatAreNotThere_SaysWhich()
    {
        var missing = Path.Combine(_folder.Path, "gone");

        Assert.Contains(missing, Assert.Throws<MachineException>(() => ArchiveFiles.Of(new DataRecipe { Name = null, Idx = missing }, Places)).Message);
        Assert.Contains(missing, Assert.Throws<MachineException>(() => ArchiveFiles.Of(new DataRecipe { Name = null, Folder = missing }, Places)).Message);
    }

    [Theory]
    [InlineData("/data/photos/", "photos/")]
    [InlineData("/", "data/")]
    public void NameOf_AFolder_IsItsLastPart(string folder, string expected) => Assert.Equal(expected, ArchiveFiles.NameOf(new DataRecipe { Name = null, Folder = folder }));

    private void AddPictures(Func<int, SKColor> color)
    {
        for (var i = 0; i < 6; i++)
        {
            _ = _pictures.Add($"{(i < 3 ? "day" : "night")}/{i}.png", PictureFolder.EncodePlain(10, 10, color(i), SKEncodedImageFormat.Png));
        }
    }

    /// <summary>Unpacks the archive of the recipe's files where copies are looked for; the fingerprint of the data before.</summary>
    private async Task<string> UploadAsync(DataRecipe recipe, string id)
    {
        using var before = Open(recipe);
        await ArchiveParts.JoinAsync(ArchiveParts.CutAsync(ArchiveFiles.Of(recipe, Places), 1000, CancellationToken.None), 1000, Places.StoredFolder(id), CancellationToken.None);
        return before.Fingerprint;
    }

    private IDataSet Open(DataRecipe recipe) => DataCatalog.Open(recipe, seed: 1, new DataOpening { Places = Places });

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
