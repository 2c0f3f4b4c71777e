using EarlyWarning.Scoring.Engine.Compilation;

namespace EarlyWarning.Scoring.Frameworks;

/// <summary>A framework that a call works with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version; 0 for a definition that came along.</param>
/// <param name="Definition">As it was created, or as it came along.</param>
/// <param name="Compiled">Ready to score.</param>
/// <param name="Indicators">Finds an indicator of the catalogue, or one that came along.</param>
internal sealed record ChosenFramework(
    string Id,
    int Version,
    V1.Framework Definition,
    CompiledFramework Compiled,
    Func<string, V1.Indicator?> Indicators
)
{
    /// <summary>Names the version: <c>frameworks/{id}/versions/{n}</c>; without a version for a definition that came along.</summary>
    public string Name => Version > 0 ? FrameworkNames.Version(Id, Version) : FrameworkNames.Framework(Id);

    /// <summary>What decides the scores: the definition without what the catalogue adds to it.</summary>
    public V1.Framework Content
    {
        get
        {
            var content = Definition.Clone();
            (content.Name, content.Active, content.Etag) = (Name, false, "");
            (content.Revision, content.CreateTime, content.RetireTime) = (0, null, null);
            return content;
        }
    }

    /// <summary>The name of an indicator for people.</summary>
    public string NameOf(string indicator) => Indicators(indicator) is { DisplayName.Length: > 0 } known ? known.DisplayName : indicator;
}
