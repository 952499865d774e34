using System.Text;
using DistGan.Client.CommandLine;

namespace DistGan.Client.Runs.Contents;

/// <summary>Writes a text file whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Replaces the file; makes its folder where there is none.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static void Write(string path, string text, string advice = "choose another place")
        => ReplacedFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)), advice);
}
