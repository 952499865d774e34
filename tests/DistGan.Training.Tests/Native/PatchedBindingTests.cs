using DistGan.Recipes;
using DistGan.Training.Native;

namespace DistGan.Training.Tests.Native;

public sealed class PatchedBindingTests : IDisposable
{
    private static readonly byte[] Image = [1, 2, 3];
    private readonly string _root = Directory.CreateTempSubdirectory("distgan-binding-").FullName;

    private string NoFolder => Path.Combine(_root, "file", "below");

    public PatchedBindingTests() => File.WriteAllText(Path.Combine(_root, "file"), "");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Use_FolderThatCanBeWritten_KeepsOneCopyForTheNextProcess()
    {
        var paths = new List<string>();
        var folder = Path.Combine(_root, "own");

        PatchedBinding.Use(Image, folder, NoFolder, paths.Add);
        PatchedBinding.Use(Image, folder, NoFolder, paths.Add);

        Assert.Equal(paths[0], paths[1]);
        Assert.Equal(Image, File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder))));
    }

    [Fact]
    public void Use_FolderThatCannotBeMade_UsesATemporaryCopyThatNobodyElseMayEnterAndLeavesNothing()
    {
        var temporary = Directory.CreateDirectory(Path.Combine(_root, "temporary")).FullName;
        byte[]? seen = null;
        UnixFileMode? mode = null;

        PatchedBinding.Use(Image, NoFolder, temporary, path =>
        {
            seen = File.ReadAllBytes(path);
            mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(Path.GetDirectoryName(path)!);
        });

        Assert.Equal(Image, seen);
        Assert.True(mode is null or (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public void Use_NoPlaceThatCanBeWritten_SaysBothAndWhatToSet()
    {
        var error = Assert.Throws<DistGanException>(() => PatchedBinding.Use(Image, NoFolder, NoFolder, static _ => { }));

        Assert.Contains(NoFolder, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("set XDG_DATA_HOME or TMPDIR to a folder that you may write.", error.Message, StringComparison.Ordinal);
    }
}
