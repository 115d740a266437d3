using System.Text;
using IntegrationHub.Functions.Returns;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>A table of contacts for every person of a return that a row can name.</summary>
internal static class ContactTable
{
    internal const string Name = "Quennel Ostrabane";

    internal static SuppliedContacts Of(Sen2File file, DateOnly today)
    {
        var table = new StringBuilder("UPN,forename,surname,birthdate,name,relationship,address1,address2\n");
        foreach (var person in file.Persons.Where(person => person["PersonBirthDate"] is not null))
        {
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{person["UPN"]},{person["Forename"]},{person["Surname"]},{person["PersonBirthDate"]},{Name},mother,12 Example Street,ZZ99 3WZ");
        }

        return SuppliedContacts.Read(new StringReader(table.ToString()), file, today);
    }
}
