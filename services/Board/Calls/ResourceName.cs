namespace EarlyWarning.Board.Calls;

/// <summary>Reads the names of the contract's resources, such as <c>frameworks/atrocity-crimes/versions/2</c>. Pure.</summary>
internal static class ResourceName
{
    /// <summary>The id of a resource, which its name has in the second place; the name itself where it has no second.</summary>
    public static string IdOf(string name) => name.Split('/') is [_, var id, ..] ? id : name;

    /// <summary>The id of the framework of a case's cause; empty for none.</summary>
    public static string FrameworkOfCause(string cause) => cause.Split('/')[0];
}
