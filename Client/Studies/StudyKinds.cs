namespace DistGan.Client.Studies;

/// <summary>Names of the kinds of studies.</summary>
public static class StudyKinds
{
    public const string Seeds = "seeds";
    public const string Grid = "grid";
    public const string Techniques = "techniques";
    public const string Search = "search";
}
