using System.CommandLine;
using EarlyWarning.Access.Roles;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Options;

/// <summary>The options that say what a key may: roles, and what they are bound to.</summary>
internal sealed class RoleOptions(bool several)
{
    private readonly Option<AccessRole[]> _role = Role(several);
    private readonly Option<string[]> _countries = new("--countries")
    {
        Description = "ISO 3166-1 alpha-3 codes to which the role is bound, with commas (default: the whole world).",
        HelpName = "KEN,UGA",
        CustomParser = result => Split(result.Tokens.Select(token => token.Value)),
    };

    private readonly Option<string?> _organisation = new("--organisation")
    {
        Description = "The short name of an organisation of the directory, to whose members, at any time, the role is bound.",
        HelpName = "SHORT",
    };

    private readonly Option<string[]> _recipients = new("--recipients")
    {
        Description = "As which recipients of the directory the key's holder answers, with commas.",
        HelpName = "focal-point-ken",
        CustomParser = result =>
            [
                .. Split(result.Tokens.Select(token => token.Value))
                    .Select(name => name.Contains('/', StringComparison.Ordinal) ? name : $"recipients/{name}"),
            ],
    };

    /// <summary>The option that names roles.</summary>
    public static Option<AccessRole[]> Role(bool several) =>
        new("--role")
        {
            Description =
                $"{(several ? "What the key's holder may, once for each role" : "The role")}: {string.Join(", ", AccessRoleNames.All)}.",
            HelpName = "ROLE",
            Required = !several,
            Arity = several ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                foreach (var token in result.Tokens.Where(token => AccessRoleNames.Parse(token.Value) is null))
                {
                    result.AddError($"'{token.Value}' is not a role. The roles are {string.Join(", ", AccessRoleNames.All)}.");
                }

                return [.. result.Tokens.Select(token => AccessRoleNames.Parse(token.Value)).OfType<AccessRole>().Distinct()];
            },
        };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_role);
        command.Options.Add(_countries);
        command.Options.Add(_organisation);
        command.Options.Add(_recipients);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(_role) is null
                && (result.GetResult(_countries) ?? result.GetResult(_organisation) ?? result.GetResult(_recipients)) is not null
            )
            {
                result.AddError("Say which role is bound so, with --role.");
            }

            // Nothing between the commas must not come to mean the whole world.
            if (result.GetResult(_countries) is not null && result.GetValue(_countries) is not { Length: > 0 })
            {
                result.AddError("--countries names no country. Leave it out for the whole world.");
            }

            if (result.GetResult(_organisation) is not null && string.IsNullOrWhiteSpace(result.GetValue(_organisation)))
            {
                result.AddError("--organisation names none. Leave it out for the whole world.");
            }
        });
    }

    /// <summary>What the command line says; nothing where it names no role.</summary>
    public IReadOnlyList<Grant> Read(ParseResult parsed) =>
        [
            .. (parsed.GetValue(_role) ?? []).Select(role => new Grant(
                role,
                parsed.GetValue(_countries) ?? [],
                parsed.GetValue(_organisation)?.Trim() ?? "",
                parsed.GetValue(_recipients) ?? []
            )),
        ];

    private static string[] Split(IEnumerable<string> given) =>
        [
            .. given
                .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal),
        ];
}
