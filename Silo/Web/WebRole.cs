namespace DistGan.Silo.Web;

/// <summary>What somebody may do.</summary>
public enum WebRole
{
    /// <summary>Nothing, not even look.</summary>
    None,

    /// <summary>Look at everything.</summary>
    Viewer,

    /// <summary>Look, submit, stop, resume and scale.</summary>
    Operator,
}
