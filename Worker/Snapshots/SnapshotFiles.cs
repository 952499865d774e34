namespace DistGan.Worker.Snapshots;

/// <summary>Names of the files of a snapshot that do not come from the replica itself.</summary>
internal static class SnapshotFiles
{
    public const string ArrayExtension = ".safetensors";
    public const string Outstanding = "outstanding.safetensors";
    public const string Parameters = "parameters.safetensors";
    public const string Merges = "merges.safetensors";
    public const string Replay = "replay";
    public const string State = "state.json";

    public static string OfArrays(string name) => name + ArrayExtension;
}
