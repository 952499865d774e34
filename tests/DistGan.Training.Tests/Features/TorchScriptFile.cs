using System.IO.Compression;
using System.Text;

namespace DistGan.Training.Tests.Features;

/// <summary>
/// A TorchScript file made by hand: an archive of the class's code, a pickle of one instance without parameters, a pickle of no
/// constants, and the format's version.
/// </summary>
internal static class TorchScriptFile
{
    /// <param name="folder">Where it goes.</param>
    /// <param name="signature">Parameters of forward after self.</param>
    /// <param name="body">Lines of forward in TorchScript.</param>
    public static string Write(TemporaryFolder folder, string signature, params string[] body)
    {
        var code = $"""
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Net,
                {signature}) -> Tensor:
            {string.Join('\n', body.Select(static line => "    " + line))}

            """;
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "data.pkl", Pickle());
            Add(archive, "code/__torch__.py", Encoding.UTF8.GetBytes(code));
            Add(archive, "constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
            Add(archive, "version", "3\n"u8.ToArray());
        }

        return folder.Write("net.pt", file.ToArray());
    }

    /// <summary>An instance of __torch__.Net whose state is {training: False}.</summary>
    private static byte[] Pickle()
        => [0x80, 2, .. "c__torch__\nNet\n"u8, .. "q\0)"u8, 0x81, .. "}("u8, (byte)'X', 8, 0, 0, 0, .. "training"u8, 0x89, .. "ub."u8];

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry($"net/{name}", CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
