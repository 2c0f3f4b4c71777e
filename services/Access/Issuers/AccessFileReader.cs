using EarlyWarning.Access.Roles;
using EarlyWarning.V1;
using EarlyWarning.Yaml;

namespace EarlyWarning.Access.Issuers;

/// <summary>Reads <c>access.yaml</c> and checks all of it, so that every fault is reported at once, with its line and path.</summary>
internal sealed class AccessFileReader
{
    private readonly string _file;

    private AccessFileReader(string file) => _file = file;

    /// <summary>Reads rules.</summary>
    /// <param name="text">What is in the file.</param>
    /// <param name="file">Where it is, for faults and for files that it names.</param>
    /// <exception cref="FaultyFileException">It has faults.</exception>
    public static AccessRules Read(string text, string file) => YamlReading.Read(text, file, new AccessFileReader(file).Read);

    private AccessRules Read(YamlMap top)
    {
        List<Issuer> issuers = [];
        foreach (var map in top.Maps("issuers"))
        {
            issuers.Add(ReadIssuer(map, issuers));
        }

        List<MatchedGrant> grants = [.. top.Maps("grants").Select(map => ReadGrant(map, issuers))];
        top.Done();
        return new(issuers, grants);
    }

    private Issuer ReadIssuer(YamlMap map, IReadOnlyList<Issuer> before)
    {
        var url = map.Required("issuer").TrimEnd('/');
        var host = UrlOf(map, url)?.Authority ?? "";
        if (url.Length > 0 && before.Any(other => other.Url == url))
        {
            map.Fault("issuer", $"'{url}' is there twice.");
        }

        var knownAs = map.Text("known-as") ?? host;
        if (knownAs.Length > 0 && before.Any(other => other.KnownAs.Equals(knownAs, StringComparison.OrdinalIgnoreCase)))
        {
            map.Fault(
                map.Has("known-as") ? "known-as" : "issuer",
                $"'{knownAs}' stands behind the names of another issuer's callers already. Give this one a name of its own as 'known-as'."
            );
        }
        else if (map.Has("known-as") && !IsName(knownAs))
        {
            map.Fault("known-as", "'known-as' has 1 to 60 letters, figures, dots and hyphens, and is not 'certificate'.");
        }

        var issuer = new Issuer(
            url,
            map.Required("audience"),
            map.Text("name-claim"),
            ReadAlgorithms(map),
            knownAs,
            ReadSignIn(map, before)
        );
        map.Done();
        return issuer;
    }

    private static bool IsName(string knownAs) =>
        knownAs != AccessRules.OfCertificates
        && knownAs.Length is > 0 and <= 60
        && knownAs.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':');

    private static Uri? UrlOf(YamlMap map, string url)
    {
        if (url.Length == 0)
        {
            return null;
        }

        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || parsed.Scheme is not ("http" or "https")
            || parsed.Query.Length + parsed.Fragment.Length + parsed.UserInfo.Length > 0
        )
        {
            map.Fault(
                "issuer",
                $"'{url}' is not the address of an issuer. Give it as its discovery document has it, such as "
                    + $"https://login.example/realms/desk."
            );
            return null;
        }

        if (parsed.Scheme == Uri.UriSchemeHttp && !parsed.IsLoopback)
        {
            map.Fault("issuer", $"'{url}' is beyond this machine, where whoever stands between could sign tokens. Give its https address.");
        }

        return parsed;
    }

    private static IReadOnlyList<string> ReadAlgorithms(YamlMap map)
    {
        if (!map.Has("algorithms"))
        {
            return Issuer.AllAlgorithms;
        }

        var names = map.Texts("algorithms");
        if (names.Count == 0 || names.Except(Issuer.AllAlgorithms).FirstOrDefault() is not null)
        {
            var unknown = names.Except(Issuer.AllAlgorithms).FirstOrDefault();
            map.Fault(
                "algorithms",
                $"{(unknown is null ? "Nothing is" : $"'{unknown}' is not")} an algorithm by which tokens are taken. "
                    + $"Write {string.Join(", ", Issuer.AllAlgorithms)}."
            );
        }

        return names;
    }

    private SignIn? ReadSignIn(YamlMap map, IReadOnlyList<Issuer> before)
    {
        var (client, variable, file) = (
            map.Text("client-id") ?? "",
            map.Text("client-secret-env") ?? "",
            map.Text("client-secret-file") ?? ""
        );
        if (client.Length == 0)
        {
            if (variable.Length + file.Length > 0)
            {
                map.Fault("", "A secret is for a client: give its 'client-id' too.");
            }

            return null;
        }

        if (variable.Length > 0 && file.Length > 0)
        {
            map.Fault("client-secret-file", "Give one of 'client-secret-env' and 'client-secret-file'.");
        }

        if (before.FirstOrDefault(other => other.SignIn is not null) is { } other)
        {
            map.Fault("client-id", $"People sign in to the board by {other.Url} already. Leave the client out of one of the two.");
        }

        var path = file.Length == 0 ? "" : Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(_file))!);
        var signIn = new SignIn(client, variable, path);
        try
        {
            _ = signIn.ReadSecret();
        }
        catch (InvalidDataException exception)
        {
            map.Fault(variable.Length > 0 ? "client-secret-env" : "client-secret-file", exception.Message);
        }

        return signIn;
    }

    private static MatchedGrant ReadGrant(YamlMap map, IReadOnlyList<Issuer> issuers)
    {
        var match = map.Map("match") is { } whom ? ReadMatch(whom, issuers) : new("", "", "", "", "");
        if (!map.Has("match"))
        {
            map.Fault("", "'match' is missing, which says whom the roles are for.");
        }

        List<Grant> roles = [.. map.Maps("roles").Select(ReadRole)];
        if (roles.Count == 0)
        {
            map.Fault("", "'roles' is missing, or names none.");
        }

        map.Done();
        return new(match, roles);
    }

    private static CallerMatch ReadMatch(YamlMap map, IReadOnlyList<Issuer> issuers)
    {
        string Text(string key) => map.Text(key) ?? "";
        var match = new CallerMatch(Text("issuer").TrimEnd('/'), Text("subject"), Text("claim"), Text("value"), Text("certificate"));
        var whole =
            (
                match.Issuer.Length > 0,
                match.Subject.Length > 0,
                match.Claim.Length > 0,
                match.Value.Length > 0,
                match.Certificate.Length > 0
            )
            is
                (true, true, false, false, false)
                or
                (true, false, true, true, false)
                or
                (false, false, false, false, true);
        if (!whole)
        {
            map.Fault("", "Give 'issuer' with 'subject', or 'issuer' with 'claim' and 'value', or 'certificate' alone.");
        }
        else if (match.Issuer.Length > 0 && issuers.All(issuer => issuer.Url != match.Issuer))
        {
            map.Fault("issuer", $"'{match.Issuer}' is not among the 'issuers' of this file.");
        }

        map.Done();
        return match;
    }

    private static Grant ReadRole(YamlMap map)
    {
        var name = map.Required("role");
        var role = AccessRoleNames.Parse(name);
        if (name.Length > 0 && role is null)
        {
            map.Fault("role", $"'{name}' is not a role. The roles are {string.Join(", ", AccessRoleNames.All)}.");
        }

        // Nothing in the list must not come to mean the whole world: what is no list is a fault already.
        IReadOnlyList<string> countries = map.Has("countries") ? map.Texts("countries") : [];
        if (map.Get("countries") is { IsList: true } && countries.Count == 0)
        {
            map.Fault("countries", "'countries' names no country. Leave it out for the whole world.");
        }

        if (map.Has("organisation") && string.IsNullOrEmpty(map.Text("organisation")))
        {
            map.Fault("organisation", "'organisation' names none. Leave it out for the whole world.");
        }

        var grant = new Grant(
            role ?? AccessRole.Unspecified,
            countries,
            map.Text("organisation") ?? "",
            [.. map.Texts("recipients").Select(one => one.Contains('/', StringComparison.Ordinal) ? one : $"recipients/{one}")]
        );
        foreach (var fault in GrantRules.FaultsOf(grant))
        {
            map.Fault("", fault);
        }

        map.Done();
        return grant;
    }
}
