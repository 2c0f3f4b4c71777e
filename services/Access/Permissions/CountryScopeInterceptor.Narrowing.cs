using System.Collections;
using EarlyWarning.Access.Roles;
using EarlyWarning.V1;
using Google.Protobuf;

namespace EarlyWarning.Access.Permissions;

/// <content>Requests that name no country are answered for those that the caller may see.</content>
internal sealed partial class CountryScopeInterceptor
{
    private static void Narrow(IMessage request, string path, CountryScope reach)
    {
        var field = request.Descriptor.FindFieldByName(path);
        if (field.IsRepeated)
        {
            var named = (IList)field.Accessor.GetValue(request);
            if (named.Cast<string>().FirstOrDefault(country => !reach.Covers(country)) is { } foreign)
            {
                throw PermissionRefusals.Country(path, foreign, reach);
            }

            if (named.Count == 0)
            {
                // A list of no countries asks for all: who has none is not answered for everybody's.
                if (reach.Countries!.Count == 0)
                {
                    throw PermissionRefusals.WhichCountry(path, reach);
                }

                foreach (var country in reach.Countries.Order(StringComparer.Ordinal))
                {
                    named.Add(country);
                }
            }
        }
        else if ((string)field.Accessor.GetValue(request) is { Length: > 0 } country)
        {
            if (!reach.Covers(country))
            {
                throw PermissionRefusals.Country(path, country, reach);
            }
        }
        else
        {
            field.Accessor.SetValue(
                request,
                reach.Countries!.Count == 1 ? reach.Countries.First() : throw PermissionRefusals.WhichCountry(path, reach)
            );
        }
    }

    /// <summary>
    /// What a request says of countries beside those that it is about: among which ranks are, and whose revisions are waited for.
    /// </summary>
    private static void NarrowBeside(IMessage request, AccessRule rule, CountryScope reach)
    {
        if (rule.AmongField.Length > 0)
        {
            Narrow(request, rule.AmongField, reach);
        }

        if (
            request.Descriptor.FindFieldByName(Revisions)?.Accessor.GetValue(request) is IEnumerable<CountryRevision> awaited
            && awaited.FirstOrDefault(one => !reach.Covers(one.Country)) is { } foreign
        )
        {
            throw PermissionRefusals.Country(Revisions, foreign.Country, reach);
        }
    }
}
