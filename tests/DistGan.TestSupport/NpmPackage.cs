namespace DistGan.TestSupport;

/// <summary>Installs a program from the npm registry once and keeps it outside the repository.</summary>
internal static class NpmPackage
{
    private const string Install = "install the Debian packages nodejs and npm";

    public static string Node => Programs.Find("node", Install);

    /// <summary>The folder of a package, installed where it is not there yet.</summary>
    public static async Task<string> FolderAsync(string package, string version)
    {
        var kept = await KeptFolder.GetAsync($"{package}-{version}", folder => KeptFolder.InstallAsync(
            $"{package} {version} of the npm registry",
            folder,
            Programs.Find("npm", Install),
            "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", $"{package}@{version}"));
        return Path.Combine(kept, "node_modules", package);
    }
}
