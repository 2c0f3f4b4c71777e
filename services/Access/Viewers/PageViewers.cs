using System.Security.Claims;
using EarlyWarning.Access.Admission;
using EarlyWarning.Access.Roles;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Pages;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Http;

namespace EarlyWarning.Access.Viewers;

/// <summary>Knows by their passes who looks at the suite's pages. Thread-safe.</summary>
internal sealed class PageViewers(ViewerPasses passes, AnonymousAccess anonymous, IOrganisations organisations) : IViewers
{
    /// <summary>Gives whoever opens a page, or keeps one live, what the page's calls show in their name.</summary>
    public static Task GivePassAsync(HttpContext context, RequestDelegate next, ViewerPasses passes)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<BrowserPage>() is not null)
        {
            passes.Give(context);
        }

        return next(context);
    }

    public IViewer Find(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var pass = ViewerPasses.Of(user);
        return passes.Find(pass) is { } known
            ? new Viewer(known.Name, pass, known.Grants, organisations)
            : new Viewer("", pass, anonymous.IsOpen ? CallerGrants.Unverified : CallerGrants.Of([]), organisations);
    }

    private sealed class Viewer(string name, string pass, CallerGrants grants, IOrganisations organisations) : IViewer
    {
        public string Name => name;

        public IReadOnlyList<AccessRole> Roles { get; } = [.. grants.All.Select(grant => grant.Role).Distinct()];

        public string Pass => pass;

        public bool IsLimited => grants.IsLimited;

        public IReadOnlySet<string>? Reach(Permission permission) =>
            grants.IsLimited ? CountryScope.Of(grants.Holding(permission), organisations).Countries : null;

        public IReadOnlyList<string> AnswersAs(Permission permission, string country) =>
            [.. Holding(permission, country).SelectMany(grant => grant.Recipients).Distinct()];

        public bool RecordsForOthers(Permission permission, string country) =>
            !grants.IsLimited || Holding(permission, country).Any(grant => RoleTable.RecordsForOthers(grant.Role));

        private IEnumerable<Grant> Holding(Permission permission, string country) =>
            grants.Holding(permission).Where(grant => CountryScope.Of([grant], organisations).Covers(country));
    }
}
