using System.Security.Claims;
using EarlyWarning.V1;

namespace EarlyWarning.ServiceDefaults.Callers;

/// <summary>Knows who looks at a page, and what they may. Thread-safe.</summary>
public interface IViewers
{
    /// <summary>Finds who looks.</summary>
    /// <param name="user">The user of the request that opened the page, or of the connection that keeps it live.</param>
    IViewer Find(ClaimsPrincipal user);
}

/// <summary>
/// Somebody who looks at a page, as the rules stood when it was opened: a page that is open ends when they would be others. It decides what
/// is shown and offered; what is asked for is judged again by whoever is asked. Immutable but for the members of organisations, and
/// thread-safe.
/// </summary>
public interface IViewer
{
    /// <summary>Gets the name on record; empty where nobody asks who looks.</summary>
    string Name { get; }

    /// <summary>Gets the roles, each once; none where nobody asks who looks.</summary>
    IReadOnlyList<AccessRole> Roles { get; }

    /// <summary>Gets what calls in the viewer's name carry as <see cref="PassKey"/>, beside the suite's own key; empty for none.</summary>
    string Pass { get; }

    /// <summary>Gets whether roles decide what the viewer may; where they do not, everything is answered for anybody.</summary>
    bool IsLimited { get; }

    /// <summary>The metadata key of <see cref="Pass"/>.</summary>
    const string PassKey = "ew-viewer";

    /// <summary>Lists the countries to which a permission reaches.</summary>
    /// <param name="permission">The permission.</param>
    /// <returns>ISO 3166-1 alpha-3 codes, none where no role holds it; <see langword="null"/> for the whole world.</returns>
    IReadOnlySet<string>? Reach(Permission permission);

    /// <summary>Lists the recipients as which the viewer may answer about a country: <c>recipients/{id}</c>.</summary>
    /// <param name="permission">The permission that the answer takes.</param>
    /// <param name="country">The country's code.</param>
    IReadOnlyList<string> AnswersAs(Permission permission, string country);

    /// <summary>Whether the viewer records answers of recipients whom they have reached otherwise, and says how they know.</summary>
    /// <param name="permission">The permission that the answer takes.</param>
    /// <param name="country">The country's code.</param>
    bool RecordsForOthers(Permission permission, string country);
}
