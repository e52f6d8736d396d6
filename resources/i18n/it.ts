<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it_IT" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Anello</source>
        <translation>Informazioni su Anello</translation>
    </message>
    <message>
        <source>Plans the extension of public fibre networks.</source>
        <translation>Pianifica l’estensione delle reti pubbliche in fibra ottica.</translation>
    </message>
    <message>
        <source>Licence: Apache License 2.0</source>
        <translation>Licenza: Apache License 2.0</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>AddRowDialog</name>
    <message>
        <source>New row in %1</source>
        <translation>Nuova riga in %1</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Aggiungi</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>AlternativesFeature</name>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>The data have changed while the plans were compared.</source>
        <translation>I dati sono cambiati durante il confronto dei piani.</translation>
    </message>
    <message>
        <source>The plans cannot be compared</source>
        <translation>I piani non sono confrontabili</translation>
    </message>
    <message>
        <source>Comparing plans</source>
        <translation>Confronto dei piani</translation>
    </message>
    <message>
        <source>Only “%1”</source>
        <translation>Solo «%1»</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Entrambi</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Mantieni</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Rename plan</source>
        <translation>Rinomina piano</translation>
    </message>
    <message>
        <source>Name of the plan</source>
        <translation>Nome del piano</translation>
    </message>
    <message>
        <source>Note on the plan</source>
        <translation>Nota al piano</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Colour of the plan</source>
        <translation>Colore del piano</translation>
    </message>
</context>
<context>
    <name>AlternativesPanel</name>
    <message>
        <source>Compare</source>
        <translation>Confronta</translation>
    </message>
    <message>
        <source>Compare the plans that are ticked, or all</source>
        <translation>Confronta i piani spuntati, o tutti</translation>
    </message>
    <message>
        <source>Duplicate the plan</source>
        <translation>Duplica il piano</translation>
    </message>
    <message>
        <source>Rename the plan</source>
        <translation>Rinomina il piano</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Scrivi una nota</translation>
    </message>
    <message>
        <source>Choose a colour</source>
        <translation>Scegli un colore</translation>
    </message>
    <message>
        <source>Delete the plan</source>
        <translation>Elimina il piano</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Differenze</translation>
    </message>
    <message>
        <source>Cost of the alternatives</source>
        <translation>Costo delle alternative</translation>
    </message>
    <message>
        <source>Cost and availability</source>
        <translation>Costo e disponibilità</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Costi</translation>
    </message>
    <message>
        <source>not building</source>
        <translation>non costruire</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>accettato</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Voce</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenza</translation>
    </message>
    <message>
        <source>Tick two plans and compare them.</source>
        <translation>Spuntare due piani e confrontarli.</translation>
    </message>
    <message>
        <source>Cost, typical</source>
        <translation>Costo, tipico</translation>
    </message>
    <message>
        <source>Cost, low</source>
        <translation>Costo, minimo</translation>
    </message>
    <message>
        <source>Cost, high</source>
        <translation>Costo, massimo</translation>
    </message>
    <message>
        <source>Cost per site</source>
        <translation>Costo per sede</translation>
    </message>
    <message>
        <source>Route length</source>
        <translation>Lunghezza tracciato</translation>
    </message>
    <message>
        <source>To be dug</source>
        <translation>Da scavare</translation>
    </message>
    <message>
        <source>Sites connected</source>
        <translation>Sedi collegate</translation>
    </message>
    <message>
        <source>Sites unreachable</source>
        <translation>Sedi irraggiungibili</translation>
    </message>
    <message>
        <source>Sites with two routes</source>
        <translation>Sedi con due percorsi</translation>
    </message>
    <message>
        <source>Minutes dark a year, mean</source>
        <translation>Minuti di disservizio l’anno, media</translation>
    </message>
    <message>
        <source>Minutes dark a year, worst site</source>
        <translation>Minuti di disservizio l’anno, sede peggiore</translation>
    </message>
    <message>
        <source>Both routes in one place</source>
        <translation>Entrambi i percorsi nello stesso luogo</translation>
    </message>
    <message>
        <source>In hazard zones</source>
        <translation>In zone di pericolo</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>Attraversamenti</translation>
    </message>
    <message>
        <source>Proven gap</source>
        <translation>Scarto garantito</translation>
    </message>
    <message>
        <source>Only this one builds</source>
        <translation>Costruito solo da questo</translation>
    </message>
    <message>
        <source>Both build</source>
        <translation>Costruito da entrambi</translation>
    </message>
    <message>
        <source>Sites only here</source>
        <translation>Sedi solo qui</translation>
    </message>
    <message>
        <source>Cost, k€</source>
        <translation>Costo, k€</translation>
    </message>
    <message>
        <source>leased lines</source>
        <translation>linee affittate</translation>
    </message>
    <message>
        <source>No plan yet.</source>
        <translation>Ancora nessun piano.</translation>
    </message>
    <message>
        <source>The map shows what only one of the two builds, and what both do.</source>
        <translation>La mappa mostra che cosa costruisce solo uno dei due, e che cosa entrambi.</translation>
    </message>
    <message>
        <source>Tick plans to see them on the map; two are laid over one another.</source>
        <translation>Spuntare i piani per vederli sulla mappa; due vengono sovrapposti.</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Piano</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Costo</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Lunghezza</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Scarto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
</context>
<context>
    <name>AssumptionsTab</name>
    <message>
        <source>Assumptions</source>
        <translation>Ipotesi</translation>
    </message>
    <message>
        <source>Source of the values that you type in</source>
        <translation>Fonte dei valori che inserisci</translation>
    </message>
    <message>
        <source>Back to the shipped figure</source>
        <translation>Torna al valore fornito</translation>
    </message>
    <message>
        <source>Double-click a value to replace it. It counts in the papers, too.</source>
        <translation>Doppio clic su un valore per sostituirlo. Vale anche negli elaborati.</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>«%1» non è un numero.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppo</translation>
    </message>
    <message>
        <source>Assumption</source>
        <translation>Ipotesi</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Minimo</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Tipico</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Massimo</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unità</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzato</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Proprio</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
</context>
<context>
    <name>AvailabilityPage</name>
    <message>
        <source>Compute</source>
        <translation>Calcola</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Disponibilità</translation>
    </message>
    <message>
        <source>Count risk groups too</source>
        <translation>Considera anche i gruppi di rischio</translation>
    </message>
    <message>
        <source>Events that strike all members of a stored risk group at once</source>
        <translation>Eventi che colpiscono insieme tutti gli elementi di un gruppo di rischio salvato</translation>
    </message>
    <message>
        <source>Sites by class of availability</source>
        <translation>Sedi per classe di disponibilità</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Median, minutes a year</source>
        <translation>Mediana, minuti all’anno</translation>
    </message>
    <message>
        <source>Weighted minutes a year, all sites</source>
        <translation>Minuti pesati all’anno, tutte le sedi</translation>
    </message>
    <message>
        <source>Share that rests on assumed rates</source>
        <translation>Quota su tassi ipotizzati</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Sede</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorità</translation>
    </message>
    <message>
        <source>Min/year</source>
        <translation>Min/anno</translation>
    </message>
    <message>
        <source>at best</source>
        <translation>al meglio</translation>
    </message>
    <message>
        <source>at the site</source>
        <translation>presso la sede</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Almeno</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Al massimo</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Profondità</translation>
    </message>
    <message>
        <source>Left over</source>
        <translation>Resto</translation>
    </message>
    <message>
        <source>Computing the availability</source>
        <translation>Calcolo della disponibilità</translation>
    </message>
    <message>
        <source>%1: %2 minutes a year, %3 of them at the site itself.</source>
        <translation>%1: %2 minuti all’anno, di cui %3 presso la sede stessa.</translation>
    </message>
    <message>
        <source>Looked at up to %1 failures at once; the bounds hold what is left.</source>
        <translation>Esaminati fino a %1 guasti contemporanei; i limiti comprendono il resto.</translation>
    </message>
    <message>
        <source>sites</source>
        <translation>sedi</translation>
    </message>
</context>
<context>
    <name>BackgroundDialog</name>
    <message>
        <source>Background</source>
        <translation>Sfondo</translation>
    </message>
    <message>
        <source>None: only the project&apos;s own layers</source>
        <translation>Nessuno: solo i livelli del progetto</translation>
    </message>
    <message>
        <source>File (MBTiles, PMTiles)</source>
        <translation>File (MBTiles, PMTiles)</translation>
    </message>
    <message>
        <source>Tiles of a server (XYZ, WMTS)</source>
        <translation>Tasselli di un server (XYZ, WMTS)</translation>
    </message>
    <message>
        <source>Map server (WMS)</source>
        <translation>Server di mappe (WMS)</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Scegliere un file</translation>
    </message>
    <message>
        <source>As the owner of the map demands</source>
        <translation>Come richiede il titolare della mappa</translation>
    </message>
    <message>
        <source>Stay off the network</source>
        <translation>Non usare la rete</translation>
    </message>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Livelli</translation>
    </message>
    <message>
        <source>Highest zoom level</source>
        <translation>Livello di zoom massimo</translation>
    </message>
    <message>
        <source>Sources to name</source>
        <translation>Fonti da citare</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacità</translation>
    </message>
    <message>
        <source>File or address</source>
        <translation>File o indirizzo</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Applica</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>Quale?</translation>
    </message>
    <message>
        <source>Name the sources: maps of others ask for it.</source>
        <translation>Citare le fonti: le mappe altrui lo richiedono.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Indirizzo</translation>
    </message>
    <message>
        <source>The network is not used for it.</source>
        <translation>La rete non viene usata.</translation>
    </message>
    <message>
        <source>Nothing is asked of a server: only tiles kept before are drawn.</source>
        <translation>Non si chiede nulla ai server: si disegnano solo i tasselli già conservati.</translation>
    </message>
    <message>
        <source>The server learns which part of the map is looked at. Its terms of use apply. Tiles are kept on this computer for 30 days, 200 MB at most.</source>
        <translation>Il server viene a sapere quale parte della mappa si guarda. Valgono le sue condizioni d’uso. I tasselli restano su questo computer per 30 giorni, al massimo 200 MB.</translation>
    </message>
    <message>
        <source>Map tiles (*.mbtiles *.pmtiles)</source>
        <translation>Tasselli di mappa (*.mbtiles *.pmtiles)</translation>
    </message>
</context>
<context>
    <name>BackgroundFeature</name>
    <message>
        <source>Background</source>
        <translation>Sfondo</translation>
    </message>
    <message>
        <source>The program stays off the network: only tiles kept before are drawn.</source>
        <translation>Il programma non usa la rete: si disegnano solo i tasselli già conservati.</translation>
    </message>
</context>
<context>
    <name>BookmarksDialog</name>
    <message>
        <source>Bookmarks</source>
        <translation>Segnalibri</translation>
    </message>
    <message>
        <source>Name of the view that is shown now</source>
        <translation>Nome della vista mostrata ora</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Aggiungi</translation>
    </message>
    <message>
        <source>Enter goes to the view, F2 renames it, Del deletes it.</source>
        <translation>Invio va alla vista, F2 la rinomina, Canc la elimina.</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Vai</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Save as picture or drawing…</source>
        <translation>Salva come immagine o disegno…</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>Salva grafico</translation>
    </message>
    <message>
        <source>Plots (*.png *.svg)</source>
        <translation>Grafici (*.png *.svg)</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Open project</source>
        <translation>Apri progetto</translation>
    </message>
    <message>
        <source>Projects (*.gpkg)</source>
        <translation>Progetti (*.gpkg)</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Salva una copia</translation>
    </message>
    <message>
        <source>Copy written: %1</source>
        <translation>Copia salvata: %1</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importa</translation>
    </message>
    <message>
        <source>Create or open a project first, then import files into it.</source>
        <translation>Creare o aprire prima un progetto, poi importarvi i file.</translation>
    </message>
</context>
<context>
    <name>ComparisonTab</name>
    <message>
        <source>Compare with</source>
        <translation>Confronta con</translation>
    </message>
    <message>
        <source>No other plan yet.</source>
        <translation>Ancora nessun altro piano.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Confronta</translation>
    </message>
    <message>
        <source>Comparing plans</source>
        <translation>Confronto dei piani</translation>
    </message>
    <message>
        <source>Not building</source>
        <translation>Non costruire</translation>
    </message>
    <message>
        <source>Leased lines</source>
        <translation>Linee affittate</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Grandezza</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenza</translation>
    </message>
    <message>
        <source>Comparison of plans</source>
        <translation>Confronto dei piani</translation>
    </message>
    <message>
        <source>Only in the first %1, only in the second %2, in both %3.</source>
        <translation>Solo nel primo %1, solo nel secondo %2, in entrambi %3.</translation>
    </message>
    <message>
        <source>Sites connected</source>
        <translation>Sedi collegate</translation>
    </message>
    <message>
        <source>Sites unserved</source>
        <translation>Sedi non servite</translation>
    </message>
    <message>
        <source>Sites with two routes</source>
        <translation>Sedi con due percorsi</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Tracciato</translation>
    </message>
    <message>
        <source>of these dug or hung</source>
        <translation>di cui scavati o aerei</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>Attraversamenti</translation>
    </message>
    <message>
        <source>In hazard zones H, M, L</source>
        <translation>In aree di pericolosità H, M, L</translation>
    </message>
    <message>
        <source>Sections that several sites hang on</source>
        <translation>Tratte da cui dipendono più sedi</translation>
    </message>
    <message>
        <source>Sites that one cut darkens at most</source>
        <translation>Sedi isolate da un solo taglio, al massimo</translation>
    </message>
    <message>
        <source>Sections with both routes of a site</source>
        <translation>Tratte con entrambi i percorsi di una sede</translation>
    </message>
    <message>
        <source>Minutes without service a year, mean</source>
        <translation>Minuti senza servizio all’anno, media</translation>
    </message>
    <message>
        <source>Minutes without service, worst site</source>
        <translation>Minuti senza servizio, sede peggiore</translation>
    </message>
    <message>
        <source>Cost of outages a year</source>
        <translation>Costo annuo dei disservizi</translation>
    </message>
    <message>
        <source>Months until done</source>
        <translation>Mesi fino alla fine dei lavori</translation>
    </message>
    <message>
        <source>Works without VAT</source>
        <translation>Lavori, IVA esclusa</translation>
    </message>
    <message>
        <source>Works, exceeded in 1 of 10 cases</source>
        <translation>Lavori, superati in 1 caso su 10</translation>
    </message>
    <message>
        <source>Running costs a year</source>
        <translation>Costi di esercizio annui</translation>
    </message>
    <message>
        <source>Present value</source>
        <translation>Valore attuale</translation>
    </message>
    <message>
        <source>Yearly equivalent</source>
        <translation>Costo annuo equivalente</translation>
    </message>
    <message>
        <source>Works for each site</source>
        <translation>Lavori per sede</translation>
    </message>
    <message>
        <source>Works for each Mbit/s guaranteed</source>
        <translation>Lavori per Mbit/s garantito</translation>
    </message>
    <message>
        <source>Works for each resident</source>
        <translation>Lavori per residente</translation>
    </message>
    <message>
        <source>Share that rests on assumptions</source>
        <translation>Quota basata su ipotesi</translation>
    </message>
    <message>
        <source>Proven gap</source>
        <translation>Scarto garantito</translation>
    </message>
    <message>
        <source>Tick the plans to set beside the shown one, then compare.</source>
        <translation>Spuntare i piani da affiancare a quello mostrato e confrontare.</translation>
    </message>
</context>
<context>
    <name>ContributionsTab</name>
    <message>
        <source>Share</source>
        <translation>Ripartisci</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>Contributi</translation>
    </message>
    <message>
        <source>Nobody to share among yet: import bodies and their agreements.</source>
        <translation>Ancora nessun ente tra cui ripartire: importare gli enti e le loro convenzioni.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Sharing the contributions</source>
        <translation>Ripartizione dei contributi</translation>
    </message>
    <message>
        <source>%1 shared among %2 bodies; %3 agreements are not in force.</source>
        <translation>%1 ripartiti tra %2 enti; %3 convenzioni non sono in vigore.</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Ente</translation>
    </message>
    <message>
        <source>Pays a year</source>
        <translation>Quota annua</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Peso</translation>
    </message>
    <message>
        <source>Agreed key</source>
        <translation>Chiave concordata</translation>
    </message>
    <message>
        <source>Fixed a year</source>
        <translation>Fisso annuo</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>Firmata il</translation>
    </message>
    <message>
        <source>Term, years</source>
        <translation>Durata, anni</translation>
    </message>
    <message>
        <source>Ends on</source>
        <translation>Scade il</translation>
    </message>
    <message>
        <source>In operation</source>
        <translation>Operativa</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Perché no</translation>
    </message>
    <message>
        <source>Running costs of the plan</source>
        <translation>Costi di esercizio del piano</translation>
    </message>
    <message>
        <source>Yearly equivalent of the plan</source>
        <translation>Costo annuo equivalente del piano</translation>
    </message>
    <message>
        <source>A sum</source>
        <translation>Un importo</translation>
    </message>
    <message>
        <source>As agreed with each</source>
        <translation>Come da convenzione</translation>
    </message>
    <message>
        <source>By residents</source>
        <translation>Per residenti</translation>
    </message>
    <message>
        <source>By guaranteed rate</source>
        <translation>Per banda garantita</translation>
    </message>
    <message>
        <source>By metres of network</source>
        <translation>Per metri di rete</translation>
    </message>
    <message>
        <source>In equal parts</source>
        <translation>In parti uguali</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Importo</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Chiave</translation>
    </message>
    <message>
        <source>Agreements on</source>
        <translation>Convenzioni al</translation>
    </message>
</context>
<context>
    <name>CostsPanel</name>
    <message>
        <source>Cost by chapter</source>
        <translation>Costo per capitolo</translation>
    </message>
    <message>
        <source>Bill</source>
        <translation>Computo</translation>
    </message>
    <message>
        <source>Who pays</source>
        <translation>Chi paga</translation>
    </message>
    <message>
        <source>Cost summary</source>
        <translation>Quadro economico</translation>
    </message>
    <message>
        <source>Over its life</source>
        <translation>Nel tempo</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Incertezza</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Fasi</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>Contributi</translation>
    </message>
    <message>
        <source>Assumptions</source>
        <translation>Ipotesi</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Ente proprietario</translation>
    </message>
    <message>
        <source>Municipalities, for their own links</source>
        <translation>Comuni, per i propri collegamenti</translation>
    </message>
    <message>
        <source>Other bodies</source>
        <translation>Altri enti</translation>
    </message>
    <message>
        <source>Choose a plan to see what it costs.</source>
        <translation>Scegliere un piano per vederne i costi.</translation>
    </message>
    <message>
        <source>Working out the costs …</source>
        <translation>Calcolo dei costi in corso …</translation>
    </message>
    <message>
        <source>%1 without VAT; %2 to %3 in 8 of 10 cases. %4 with sums at disposal and VAT.</source>
        <translation>%1 senza IVA; da %2 a %3 in 8 casi su 10. %4 con somme a disposizione e IVA.</translation>
    </message>
    <message>
        <source>thousand €</source>
        <translation>migliaia di €</translation>
    </message>
    <message>
        <source>in equal parts</source>
        <translation>in parti uguali</translation>
    </message>
    <message>
        <source>by guaranteed rate</source>
        <translation>per banda garantita</translation>
    </message>
    <message>
        <source>Sites share a section</source>
        <translation>Le sedi si dividono una tratta</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Tipico</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Intervallo</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Voce</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantità</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzato</translation>
    </message>
    <message>
        <source>Nobody named</source>
        <translation>Nessuno indicato</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Ente</translation>
    </message>
    <message>
        <source>Double-click a rate to replace it by your own</source>
        <translation>Doppio clic su un’aliquota per sostituirla con la propria</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Voce</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Aliquota</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>“%1” is no rate.</source>
        <translation>«%1» non è un’aliquota.</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Errore imprevisto</translation>
    </message>
    <message>
        <source>This is a fault of the program. Your project is safe: every step is stored as soon as it is done. The report below is not sent to anybody.</source>
        <translation>È un difetto del programma. Il progetto è al sicuro: ogni operazione è salvata non appena conclusa. Il rapporto qui sotto non viene inviato a nessuno.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapporto</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Salva…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Salva il rapporto</translation>
    </message>
</context>
<context>
    <name>DeleteObjectsDialog</name>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Also nodes that lose their last span</source>
        <translation>Anche i nodi che perdono l’ultima tratta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Deleted:</source>
        <translation>Da eliminare:</translation>
    </message>
    <message>
        <source>Goes with it:</source>
        <translation>Elimina anche:</translation>
    </message>
    <message>
        <source>Stays, but changes:</source>
        <translation>Resta, ma cambia:</translation>
    </message>
    <message>
        <source>One step; undo brings everything back.</source>
        <translation>Un solo passo: Annulla ripristina tutto.</translation>
    </message>
</context>
<context>
    <name>DeleteRowsDialog</name>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Goes with it:</source>
        <translation>Vengono eliminati insieme:</translation>
    </message>
    <message>
        <source>Stays, but no longer names it:</source>
        <translation>Restano, ma perdono il riferimento:</translation>
    </message>
    <message>
        <source>It is one step that can be undone.</source>
        <translation>È un solo passo, che si può annullare.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>Drafting</name>
    <message numerus="yes">
        <source>%n barrier(s) crossed</source>
        <translation>
            <numerusform>%n barriera attraversata</numerusform>
            <numerusform>%n barriere attraversate</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a node already.</source>
        <translation>C’è già un nodo.</translation>
    </message>
    <message>
        <source>Draw across one object: the line must meet it twice.</source>
        <translation>Traccia attraverso un oggetto: la linea deve incontrarlo due volte.</translation>
    </message>
    <message>
        <source>Merge nodes</source>
        <translation>Unisci nodi</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s) run between the two nodes and would be deleted.</source>
        <translation>
            <numerusform>%n tratta collega i due nodi e sarebbe eliminata.</numerusform>
            <numerusform>%n tratte collegano i due nodi e sarebbero eliminate.</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge and delete</source>
        <translation>Unisci ed elimina</translation>
    </message>
    <message>
        <source>New site %1</source>
        <translation>Nuova sede %1</translation>
    </message>
</context>
<context>
    <name>DrawingFeature</name>
    <message>
        <source>Drawing</source>
        <translation>Disegno</translation>
    </message>
    <message>
        <source>Tie loose ends</source>
        <translation>Collega capi liberi</translation>
    </message>
    <message>
        <source>Largest gap (m)</source>
        <translation>Distanza massima (m)</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>Collega</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Nothing is loose within that distance.</source>
        <translation>Entro quella distanza non ci sono capi liberi.</translation>
    </message>
    <message>
        <source>What is selected is not deleted by hand.</source>
        <translation>La selezione non si elimina a mano.</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>Dividi qui</translation>
    </message>
    <message>
        <source>Reverse</source>
        <translation>Inverti</translation>
    </message>
    <message>
        <source>Join the two spans here</source>
        <translation>Congiungi qui le due tratte</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Elimina…</translation>
    </message>
</context>
<context>
    <name>DrawingPanel</name>
    <message>
        <source>Follow streets or ducts</source>
        <translation>Segui strade o cavidotti</translation>
    </message>
    <message>
        <source>The shortest way along streets, or along ducts with room; Shift turns it</source>
        <translation>La via più breve lungo le strade, o lungo i cavidotti con posto; Maiusc inverte la scelta</translation>
    </message>
    <message>
        <source>Snap within</source>
        <translation>Aggancia entro</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punti</translation>
    </message>
    <message>
        <source>Vertices</source>
        <translation>Vertici</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linee</translation>
    </message>
    <message>
        <source>Choose a drawing tool</source>
        <translation>Scegli uno strumento di disegno</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>Explain</source>
        <translation>Spiega</translation>
    </message>
    <message>
        <source>Show another way</source>
        <translation>Mostra un’altra via</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Tratte</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>Irraggiungibili</translation>
    </message>
    <message>
        <source>The plan is made again without each site and section …</source>
        <translation>Il piano viene ricalcolato senza ciascuna sede e tratta …</translation>
    </message>
    <message>
        <source>No plan is shown</source>
        <translation>Nessun piano mostrato</translation>
    </message>
    <message>
        <source>Explain to see what each site really costs, which sections every good plan has, and what keeps sites out of reach.</source>
        <translation>Con Spiega si vede quanto costa davvero ogni sede, quali tratte sono in ogni buon piano e che cosa rende irraggiungibili le altre sedi.</translation>
    </message>
    <message>
        <source>Choose a plan in the list of plans.</source>
        <translation>Scegliere un piano nell’elenco dei piani.</translation>
    </message>
    <message>
        <source>Proven gap of the plan: %1. Select a row to see it on the map.</source>
        <translation>Scarto garantito del piano: %1. Selezionare una riga per vederla sulla mappa.</translation>
    </message>
    <message>
        <source>The data have changed since the plan was made.</source>
        <translation>I dati sono cambiati dopo il calcolo del piano.</translation>
    </message>
    <message>
        <source>Without “%1” the best plan found costs %2 more and builds %3 elsewhere.</source>
        <translation>Senza «%1» il miglior piano trovato costa %2 in più e costruisce %3 altrove.</translation>
    </message>
    <message>
        <source>No plan without it costs less than %1 more.</source>
        <translation>Nessun piano senza di essa costa meno di %1 in più.</translation>
    </message>
    <message>
        <source>Leaving it out saves %1, and at most %2. Only it uses sections for %3.</source>
        <translation>Escluderla fa risparmiare %1, al massimo %2. Solo essa usa tratte per %3.</translation>
    </message>
    <message>
        <source>Together with the others at this place: %1.</source>
        <translation>Insieme alle altre nello stesso luogo: %1.</translation>
    </message>
    <message>
        <source>You asked for this section: every plan has it.</source>
        <translation>Questa tratta è richiesta: è in ogni piano.</translation>
    </message>
    <message>
        <source>The best plan found without it costs %1 more.</source>
        <translation>Il miglior piano trovato senza di essa costa %1 in più.</translation>
    </message>
    <message numerus="yes">
        <source>No other way leads to %n site(s): %1.</source>
        <translation>
            <numerusform>Nessun’altra via porta a %n sede: %1.</numerusform>
            <numerusform>Nessun’altra via porta a %n sedi: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Sede</translation>
    </message>
    <message>
        <source>Really costs</source>
        <translation>Costo reale</translation>
    </message>
    <message>
        <source>What the best plan found without it saves</source>
        <translation>Quanto fa risparmiare il miglior piano trovato senza di essa</translation>
    </message>
    <message>
        <source>only way</source>
        <translation>unica via</translation>
    </message>
    <message>
        <source>always</source>
        <translation>sempre</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>probabile</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>richiesta</translation>
    </message>
    <message>
        <source>replaceable</source>
        <translation>sostituibile</translation>
    </message>
    <message>
        <source>always: proven to be in every plan that costs little more; likely: in all that were found; replaceable: such a plan does without</source>
        <translation>sempre: dimostrato che è in ogni piano di costo poco maggiore; probabile: in tutti quelli trovati; sostituibile: un tale piano ne fa a meno</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Tratta</translation>
    </message>
    <message>
        <source>In good plans</source>
        <translation>Nei buoni piani</translation>
    </message>
    <message>
        <source>Without it</source>
        <translation>Senza di essa</translation>
    </message>
    <message>
        <source>What the best plan found without it costs more</source>
        <translation>Quanto costa in più il miglior piano trovato senza di essa</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>senza posizione</translation>
    </message>
    <message>
        <source>too far</source>
        <translation>troppo lontana</translation>
    </message>
    <message>
        <source>street not usable</source>
        <translation>via non utilizzabile</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>chiusa</translation>
    </message>
    <message>
        <source>gap in the streets</source>
        <translation>interruzione delle vie</translation>
    </message>
    <message>
        <source>route too long</source>
        <translation>percorso troppo lungo</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Causa</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Manca</translation>
    </message>
    <message>
        <source>Length of the link to the nearest street that leads home</source>
        <translation>Lunghezza del tronco fino alla via più vicina che porta alla rete</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export plan</source>
        <translation>Esporta piano</translation>
    </message>
    <message>
        <source>Plan: %1</source>
        <translation>Piano: %1</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Scegli cartella…</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Scale of the map sheets</source>
        <translation>Scala dei fogli di carta</translation>
    </message>
    <message>
        <source>Sites share a section</source>
        <translation>Le sedi si dividono una tratta</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Nome file</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Cartella</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Esporta</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Apri cartella</translation>
    </message>
    <message>
        <source>As large as few sheets allow</source>
        <translation>La maggiore che tenga pochi i fogli</translation>
    </message>
    <message>
        <source>In equal parts</source>
        <translation>In parti uguali</translation>
    </message>
    <message>
        <source>By guaranteed rate</source>
        <translation>Per banda garantita</translation>
    </message>
    <message>
        <source>Choose a format, a file name and an existing folder.</source>
        <translation>Scegliere un formato, un nome file e una cartella esistente.</translation>
    </message>
    <message>
        <source>Choose one part of the report at least.</source>
        <translation>Scegliere almeno una parte della relazione.</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Report with cover, map sheets, bill and costs</source>
        <translation>Relazione con copertina, fogli di carta, computo e costi</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Layers with symbols for QGIS</source>
        <translation>Livelli con simbologia per QGIS</translation>
    </message>
    <message>
        <source>Spreadsheet</source>
        <translation>Foglio di calcolo</translation>
    </message>
    <message>
        <source>Bill, costs, sites and spans with formulas</source>
        <translation>Computo, costi, sedi e tratte con formule</translation>
    </message>
    <message>
        <source>Web map</source>
        <translation>Mappa web</translation>
    </message>
    <message>
        <source>For any browser, works without network</source>
        <translation>Per qualsiasi browser, anche senza connessione</translation>
    </message>
    <message>
        <source>KMZ</source>
        <translation>KMZ</translation>
    </message>
    <message>
        <source>For globes such as Google Earth</source>
        <translation>Per mappamondi come Google Earth</translation>
    </message>
    <message>
        <source>DXF</source>
        <translation>DXF</translation>
    </message>
    <message>
        <source>For CAD, in metres, a layer for each type</source>
        <translation>Per CAD, in metri, un livello per tipo</translation>
    </message>
    <message>
        <source>OFDS</source>
        <translation>OFDS</translation>
    </message>
    <message>
        <source>Open Fibre Data Standard 0.4, network and plan</source>
        <translation>Open Fibre Data Standard 0.4, rete e piano</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Scrittura…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Apri %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>File scritto: %1</translation>
    </message>
</context>
<context>
    <name>FailuresPage</name>
    <message>
        <source>Analyse</source>
        <translation>Analizza</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Guasti</translation>
    </message>
    <message>
        <source>What fails</source>
        <translation>Che cosa si guasta</translation>
    </message>
    <message>
        <source>Each span and node alone</source>
        <translation>Ogni tratta e nodo da solo</translation>
    </message>
    <message>
        <source>Pairs of spans</source>
        <translation>Coppie di tratte</translation>
    </message>
    <message>
        <source>Risk groups, each as a whole</source>
        <translation>Gruppi di rischio, ciascuno intero</translation>
    </message>
    <message>
        <source>My own cuts, all at once</source>
        <translation>I propri tagli, tutti insieme</translation>
    </message>
    <message>
        <source>Sites that the chosen failure touches</source>
        <translation>Sedi colpite dal guasto scelto</translation>
    </message>
    <message>
        <source>My own cuts</source>
        <translation>I propri tagli</translation>
    </message>
    <message>
        <source>Cut what is selected</source>
        <translation>Taglia ciò che è selezionato</translation>
    </message>
    <message>
        <source>Clear all cuts</source>
        <translation>Elimina tutti i tagli</translation>
    </message>
    <message>
        <source>On the map: right-click a span or node, then “Cut here”.</source>
        <translation>Sulla mappa: clic destro su una tratta o un nodo, poi «Taglia qui».</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Tratta</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Nodo</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Coppia</translation>
    </message>
    <message>
        <source>Own cuts</source>
        <translation>Tagli propri</translation>
    </message>
    <message>
        <source>Risk group</source>
        <translation>Gruppo di rischio</translation>
    </message>
    <message>
        <source>If this fails</source>
        <translation>Se si guasta</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Isolate</translation>
    </message>
    <message>
        <source>Sites that go dark</source>
        <translation>Sedi che restano isolate</translation>
    </message>
    <message>
        <source>Prio 1</source>
        <translation>Prior. 1</translation>
    </message>
    <message>
        <source>Dark sites of priority 1</source>
        <translation>Sedi isolate di priorità 1</translation>
    </message>
    <message>
        <source>Prio 2</source>
        <translation>Prior. 2</translation>
    </message>
    <message>
        <source>Dark sites of priority 2</source>
        <translation>Sedi isolate di priorità 2</translation>
    </message>
    <message>
        <source>One way</source>
        <translation>Una via</translation>
    </message>
    <message>
        <source>Sites that are left with one way</source>
        <translation>Sedi che restano con una sola via</translation>
    </message>
    <message>
        <source>Mbit/s lost</source>
        <translation>Mbit/s persi</translation>
    </message>
    <message>
        <source>Guaranteed rate of the dark sites</source>
        <translation>Banda garantita delle sedi isolate</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Spostate</translation>
    </message>
    <message>
        <source>Sites whose traffic takes another way</source>
        <translation>Sedi il cui traffico prende un’altra via</translation>
    </message>
    <message>
        <source>Min/year</source>
        <translation>Min/anno</translation>
    </message>
    <message>
        <source>Minutes a year that this costs, weighted by priority</source>
        <translation>Minuti all’anno che ne derivano, pesati per priorità</translation>
    </message>
    <message>
        <source>Letting parts fail</source>
        <translation>Simulazione dei guasti</translation>
    </message>
    <message>
        <source>Nothing that fails like this darkens a site.</source>
        <translation>Nessun guasto di questo tipo isola una sede.</translation>
    </message>
    <message>
        <source>%1 dark, %2 left with one way</source>
        <translation>%1 isolate, %2 con una sola via</translation>
    </message>
    <message>
        <source>Mend this cut</source>
        <translation>Ripristina questo taglio</translation>
    </message>
    <message>
        <source>Cut here</source>
        <translation>Taglia qui</translation>
    </message>
    <message>
        <source>goes dark</source>
        <translation>resta isolata</translation>
    </message>
    <message>
        <source>is left with one way</source>
        <translation>resta con una sola via</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>served today</source>
        <translation>servite oggi</translation>
    </message>
    <message>
        <source>that one cut can darken</source>
        <translation>che un solo taglio può isolare</translation>
    </message>
    <message>
        <source>Failures that touch a site</source>
        <translation>Guasti che colpiscono una sede</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>No findings. “Check the data” looks for them.</source>
        <translation>Nessuna segnalazione. «Controlla i dati» le cerca.</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravità</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Errori</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Avvisi</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Correggi</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Mostra sulla mappa</translation>
    </message>
    <message>
        <source>Check the data</source>
        <translation>Controlla i dati</translation>
    </message>
    <message>
        <source>Nothing here has one safe answer; please mend it by hand.</source>
        <translation>Nessun caso ha una sola risposta sicura: correggere a mano.</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) mended</source>
        <translation>
            <numerusform>%n oggetto corretto</numerusform>
            <numerusform>%n oggetti corretti</numerusform>
        </translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Errore</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avviso</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Segnalazione</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabella</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Oggetti</translation>
    </message>
    <message>
        <source>Mend: %1.</source>
        <translation>Correzione: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%n segnalazione</numerusform>
            <numerusform>%n segnalazioni</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FundingsBox</name>
    <message>
        <source>Fundings</source>
        <translation>Finanziamenti</translation>
    </message>
    <message>
        <source>No funding yet: add one below.</source>
        <translation>Ancora nessun finanziamento: aggiungerne uno qui sotto.</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>Tutte le sedi</translation>
    </message>
    <message>
        <source>Add a funding</source>
        <translation>Aggiungi un finanziamento</translation>
    </message>
    <message>
        <source>Delete the funding</source>
        <translation>Elimina il finanziamento</translation>
    </message>
    <message>
        <source>Divide among the years</source>
        <translation>Ripartisci tra gli anni</translation>
    </message>
    <message>
        <source>New funding</source>
        <translation>Nuovo finanziamento</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>Funding</source>
        <translation>Finanziamento</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importo</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Per</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dal</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Al</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzato</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
</context>
<context>
    <name>Going</name>
    <message>
        <source>Name, street, municipality or coordinates</source>
        <translation>Nome, via, comune o coordinate</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Vai a</translation>
    </message>
    <message>
        <source>What shall be done?</source>
        <translation>Che cosa si vuole fare?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandi</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coordinate</translation>
    </message>
</context>
<context>
    <name>HandbookWindow</name>
    <message>
        <source>Handbook</source>
        <translation>Manuale</translation>
    </message>
    <message>
        <source>Search the handbook</source>
        <translation>Cerca nel manuale</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Indice</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Pagina</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>First steps and shortcuts</source>
        <translation>Primi passi e scorciatoie</translation>
    </message>
    <message>
        <source>1. Drag your files onto the window: network, sites, streets, barriers.</source>
        <translation>1. Trascinare i file nella finestra: rete, sedi, strade, barriere.</translation>
    </message>
    <message>
        <source>2. Select the sites to connect, on the map or in the table.</source>
        <translation>2. Selezionare le sedi da collegare, sulla mappa o nella tabella.</translation>
    </message>
    <message>
        <source>3. Make a plan, look at it on the map, and accept it.</source>
        <translation>3. Calcolare un piano, esaminarlo sulla mappa e accettarlo.</translation>
    </message>
    <message>
        <source>4. Export it as PDF, GeoPackage, spreadsheet or web map.</source>
        <translation>4. Esportarlo come PDF, GeoPackage, foglio di calcolo o mappa web.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>HistoryFeature</name>
    <message>
        <source>History</source>
        <translation>Cronologia</translation>
    </message>
    <message>
        <source>New checkpoint</source>
        <translation>Nuovo punto di controllo</translation>
    </message>
    <message>
        <source>Name, such as “before the tender”</source>
        <translation>Nome, ad esempio «prima della gara»</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conserva</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Checkpoint kept: %1</source>
        <translation>Punto di controllo conservato: %1</translation>
    </message>
    <message>
        <source>Copy of the checkpoint</source>
        <translation>Copia del punto di controllo</translation>
    </message>
    <message>
        <source>Projects (*.gpkg)</source>
        <translation>Progetti (*.gpkg)</translation>
    </message>
    <message>
        <source>The copy could not be written</source>
        <translation>Non è stato possibile scrivere la copia</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Steps</source>
        <translation>Passi</translation>
    </message>
    <message>
        <source>Nothing has been changed yet.</source>
        <translation>Ancora nessuna modifica.</translation>
    </message>
    <message>
        <source>Go to this state</source>
        <translation>Vai a questo stato</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Punti di controllo</translation>
    </message>
    <message>
        <source>No checkpoint yet: a new one keeps a copy of the project as it is now.</source>
        <translation>Ancora nessun punto di controllo: uno nuovo conserva una copia del progetto com’è ora.</translation>
    </message>
    <message>
        <source>New checkpoint…</source>
        <translation>Nuovo punto di controllo…</translation>
    </message>
    <message>
        <source>Open a copy…</source>
        <translation>Apri una copia…</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Righe</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dove</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Whole copies of the project, kept beside it.</source>
        <translation>Copie intere del progetto, conservate accanto ad esso.</translation>
    </message>
    <message>
        <source>Nothing is lost: steps can be taken back after a restart.</source>
        <translation>Nulla va perso: i passi si possono annullare anche dopo un riavvio.</translation>
    </message>
    <message>
        <source>The project is in this state.</source>
        <translation>Il progetto è in questo stato.</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) would be taken back.</source>
        <translation>
            <numerusform>%n passo verrebbe annullato.</numerusform>
            <numerusform>%n passi verrebbero annullati.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) would be done again.</source>
        <translation>
            <numerusform>%n passo verrebbe ripetuto.</numerusform>
            <numerusform>%n passi verrebbero ripetuti.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdentifyPanel</name>
    <message>
        <source>Click an object on the map to see it here.</source>
        <translation>Fare clic su un oggetto della mappa per vederne i dati.</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Attributi</translation>
    </message>
    <message>
        <source>Object shown before</source>
        <translation>Oggetto mostrato prima</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifica</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Mostra sulla mappa</translation>
    </message>
    <message>
        <source>Show in its table</source>
        <translation>Mostra nella sua tabella</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Elimina…</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Applica</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Apply or cancel the changes first.</source>
        <translation>Prima applicare o annullare le modifiche.</translation>
    </message>
    <message>
        <source>What they have in common</source>
        <translation>Che cosa hanno in comune</translation>
    </message>
    <message>
        <source>&lt;%1 different values&gt;</source>
        <translation>&lt;%1 valori diversi&gt;</translation>
    </message>
    <message>
        <source>Length on the ellipsoid</source>
        <translation>Lunghezza sull’ellissoide</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificativo</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>e %n altro</numerusform>
            <numerusform>e altri %n</numerusform>
        </translation>
    </message>
    <message>
        <source>History</source>
        <translation>Cronologia</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>annullato</translation>
    </message>
    <message>
        <source>Moved or redrawn</source>
        <translation>Spostato o ridisegnato</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import %1</source>
        <translation>Importa %1</translation>
    </message>
    <message>
        <source>As the file says, such as EPSG:32632</source>
        <translation>Come indicato nel file, ad es. EPSG:32632</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avanzamento</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>Lettura preliminare del file…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Importazione…</translation>
    </message>
    <message>
        <source>Import as</source>
        <translation>Importa come</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Livello</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coordinate</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Prime righe</translation>
    </message>
    <message>
        <source>Recognise by itself</source>
        <translation>Riconosci automaticamente</translation>
    </message>
</context>
<context>
    <name>ImportResult</name>
    <message>
        <source>Rows read</source>
        <translation>Righe lette</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Accettate</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Scartate</translation>
    </message>
    <message>
        <source>Open the rejected rows</source>
        <translation>Apri le righe scartate</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Segnalazione</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Numero</translation>
    </message>
    <message>
        <source>Imported as %1</source>
        <translation>Importazione: %1</translation>
    </message>
    <message>
        <source>Mend the rejected rows in %1 and import that file again.</source>
        <translation>Correggere le righe scartate in %1 e importare di nuovo quel file.</translation>
    </message>
</context>
<context>
    <name>IndexDialog</name>
    <message>
        <source>Prices of another year</source>
        <translation>Prezzi di un altro anno</translation>
    </message>
    <message>
        <source>A new version of “%1”: every price times the factor, rounded to the cent. The list stays as it is.</source>
        <translation>Una nuova versione di «%1»: ogni prezzo per il coefficiente, arrotondato al centesimo. L’elenco resta com’è.</translation>
    </message>
    <message>
        <source>such as 1.08</source>
        <translation>ad esempio 1.08</translation>
    </message>
    <message>
        <source>such as ISTAT, road works, March 2026</source>
        <translation>ad esempio ISTAT, costruzione strade, marzo 2026</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Coefficiente</translation>
    </message>
    <message>
        <source>Source of the index</source>
        <translation>Fonte dell’indice</translation>
    </message>
    <message>
        <source>Year of the prices</source>
        <translation>Anno dei prezzi</translation>
    </message>
    <message>
        <source>Use for new plans</source>
        <translation>Usa per i nuovi piani</translation>
    </message>
    <message>
        <source>Make the version</source>
        <translation>Crea la versione</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>The factor is a number above 0.</source>
        <translation>Il coefficiente è un numero maggiore di 0.</translation>
    </message>
    <message>
        <source>An index needs its source.</source>
        <translation>Un indice richiede la sua fonte.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress</source>
        <translation>Avanzamento</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Click to see all jobs</source>
        <translation>Fare clic per vedere tutti i lavori</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Interruzione…</translation>
    </message>
    <message>
        <source>Reading and writing the project…</source>
        <translation>Lettura e scrittura del progetto…</translation>
    </message>
</context>
<context>
    <name>JobsFeature</name>
    <message>
        <source>Jobs</source>
        <translation>Lavori</translation>
    </message>
</context>
<context>
    <name>JobsPanel</name>
    <message>
        <source>Jobs</source>
        <translation>Lavori</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Lavoro</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Remaining</source>
        <translation>Rimanente</translation>
    </message>
    <message>
        <source>Nothing is being computed.</source>
        <translation>Nessun calcolo in corso.</translation>
    </message>
    <message>
        <source>Clear the list</source>
        <translation>Svuota l’elenco</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) under way.</source>
        <translation>
            <numerusform>%n lavoro in corso.</numerusform>
            <numerusform>%n lavori in corso.</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>done; the data have changed since</source>
        <translation>finito; nel frattempo i dati sono cambiati</translation>
    </message>
    <message>
        <source>done</source>
        <translation>finito</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>annullato</translation>
    </message>
    <message>
        <source>not possible</source>
        <translation>non possibile</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fallito</translation>
    </message>
    <message>
        <source>in line</source>
        <translation>in coda</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Interruzione…</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>No layers yet: drop files into the window, or import them.</source>
        <translation>Ancora nessun livello: trascinare i file nella finestra o importarli.</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Livelli</translation>
    </message>
    <message>
        <source>Opacity of the layer</source>
        <translation>Opacità del livello</translation>
    </message>
    <message>
        <source>Only: status = &apos;proposed&apos;</source>
        <translation>Solo: status = ’proposed’</translation>
    </message>
    <message>
        <source>Filter of the layer</source>
        <translation>Filtro del livello</translation>
    </message>
    <message>
        <source>Condition on the rows of the layer that are shown</source>
        <translation>Condizione sulle righe del livello da mostrare</translation>
    </message>
    <message>
        <source>Move the layer up (Alt+Up)</source>
        <translation>Sposta il livello in alto (Alt+Su)</translation>
    </message>
    <message>
        <source>Move the layer down (Alt+Down)</source>
        <translation>Sposta il livello in basso (Alt+Giù)</translation>
    </message>
    <message>
        <source>Show the whole layer</source>
        <translation>Mostra tutto il livello</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Opacità</translation>
    </message>
    <message>
        <source>Show only this layer</source>
        <translation>Mostra solo questo livello</translation>
    </message>
    <message>
        <source>Show all layers</source>
        <translation>Mostra tutti i livelli</translation>
    </message>
    <message>
        <source>Filter…</source>
        <translation>Filtra…</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Sposta in alto</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Sposta in basso</translation>
    </message>
</context>
<context>
    <name>LifeTab</name>
    <message>
        <source>years</source>
        <translation>anni</translation>
    </message>
    <message>
        <source>Running costs</source>
        <translation>Costi di esercizio</translation>
    </message>
    <message>
        <source>Present value %1: works %2, running %3, renewal %4, left over −%5.</source>
        <translation>Valore attuale %1: lavori %2, esercizio %3, rinnovi %4, valore residuo −%5.</translation>
    </message>
    <message>
        <source>Yearly equivalent %1; running costs %2 a year.</source>
        <translation>Costo annuo equivalente %1; costi di esercizio %2 all’anno.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>ignoto</translation>
    </message>
    <message>
        <source>A year and site %1; Mbit/s guaranteed %2; resident %3.</source>
        <translation>All’anno per sede %1; per Mbit/s garantito %2; per residente %3.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>Running cost</source>
        <translation>Costo di esercizio</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Su</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>All’anno</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Intervallo</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzato</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>Orizzonte</translation>
    </message>
    <message>
        <source>Discount rate</source>
        <translation>Tasso di sconto</translation>
    </message>
    <message>
        <source>Inflation</source>
        <translation>Inflazione</translation>
    </message>
    <message>
        <source>Only where the discount rate is nominal; prices stay those of today</source>
        <translation>Solo se il tasso di sconto è nominale; i prezzi restano quelli di oggi</translation>
    </message>
</context>
<context>
    <name>ListEditor</name>
    <message>
        <source>Change…</source>
        <translation>Cambia…</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n oggetto</numerusform>
            <numerusform>%n oggetti</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListFilter</name>
    <message>
        <source>Search the values</source>
        <translation>Cerca tra i valori</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(vuoto)</translation>
    </message>
    <message>
        <source>Tick what is shown</source>
        <translation>Spunta quelli mostrati</translation>
    </message>
    <message>
        <source>Tick nothing</source>
        <translation>Togli tutte le spunte</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Layers</source>
        <translation>Livelli</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Oggetto</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>Piani</translation>
    </message>
    <message>
        <source>Redundancy</source>
        <translation>Ridondanza</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Costi</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>Analisi</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>Apri &amp;recenti</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Pannelli</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annulla</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ripristina</translation>
    </message>
    <message>
        <source>This cannot be done</source>
        <translation>Operazione non riuscita</translation>
    </message>
    <message>
        <source>No project yet</source>
        <translation>Nessun progetto recente</translation>
    </message>
</context>
<context>
    <name>MapMenu</name>
    <message>
        <source>Select</source>
        <translation>Seleziona</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Mostra sulla mappa</translation>
    </message>
    <message>
        <source>Copy the coordinates</source>
        <translation>Copia le coordinate</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>Arrow keys move the map, plus and minus zoom, Home shows everything.</source>
        <translation>Frecce: sposta la mappa; più e meno: ingrandisce e riduce; Home: mostra tutto.</translation>
    </message>
</context>
<context>
    <name>MapWiring</name>
    <message>
        <source>Modelled data</source>
        <translation>Dati simulati</translation>
    </message>
</context>
<context>
    <name>MappingTable</name>
    <message>
        <source>Columns of the file</source>
        <translation>Colonne del file</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Column in the file</source>
        <translation>Colonna nel file</translation>
    </message>
    <message>
        <source>First value</source>
        <translation>Primo valore</translation>
    </message>
    <message>
        <source>(not in the file)</source>
        <translation>(assente nel file)</translation>
    </message>
</context>
<context>
    <name>MeasuresPage</name>
    <message>
        <source>Rank</source>
        <translation>Ordina</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Interventi</translation>
    </message>
    <message>
        <source>Lines, entries and hubs that shorten outages, on the network as built.</source>
        <translation>Linee, ingressi e hub che accorciano i fermi, sulla rete esistente.</translation>
    </message>
    <message>
        <source>Cost against minutes avoided</source>
        <translation>Costo e minuti evitati</translation>
    </message>
    <message>
        <source>Name of the plan</source>
        <translation>Nome del piano</translation>
    </message>
    <message>
        <source>Make a plan of it</source>
        <translation>Fanne un piano</translation>
    </message>
    <message>
        <source>Weighted minutes a year today</source>
        <translation>Minuti pesati all’anno oggi</translation>
    </message>
    <message>
        <source>Measures that help</source>
        <translation>Interventi utili</translation>
    </message>
    <message>
        <source>Share that rests on assumed rates</source>
        <translation>Quota su tassi ipotizzati</translation>
    </message>
    <message>
        <source>Close a ring</source>
        <translation>Chiudere un anello</translation>
    </message>
    <message>
        <source>Second entry</source>
        <translation>Secondo ingresso</translation>
    </message>
    <message>
        <source>Out of the sewer</source>
        <translation>Uscire dalla fognatura</translation>
    </message>
    <message>
        <source>Second hub</source>
        <translation>Secondo hub</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Intervento</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>€ per minute</source>
        <translation>€ al minuto</translation>
    </message>
    <message>
        <source>Cost, €</source>
        <translation>Costo, €</translation>
    </message>
    <message>
        <source>Min/year saved</source>
        <translation>Min/anno evitati</translation>
    </message>
    <message>
        <source>Sites helped</source>
        <translation>Sedi aiutate</translation>
    </message>
    <message>
        <source>Length, m</source>
        <translation>Lunghezza, m</translation>
    </message>
    <message>
        <source>On the front</source>
        <translation>Sul fronte</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Ranking measures</source>
        <translation>Ordinamento degli interventi</translation>
    </message>
    <message>
        <source>Nothing was found that would help.</source>
        <translation>Non è stato trovato nulla di utile.</translation>
    </message>
    <message>
        <source>There is a plan of this name already.</source>
        <translation>Esiste già un piano con questo nome.</translation>
    </message>
    <message>
        <source>Making a plan</source>
        <translation>Creazione del piano</translation>
    </message>
    <message>
        <source>%1: € %2 for %3 weighted minutes a year; %4 sites gain.</source>
        <translation>%1: %2 € per %3 minuti pesati all’anno; ne beneficiano %4 sedi.</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>Intervento %1</translation>
    </message>
    <message>
        <source>cost, thousand €</source>
        <translation>costo, migliaia di €</translation>
    </message>
    <message>
        <source>minutes avoided a year</source>
        <translation>minuti evitati all’anno</translation>
    </message>
    <message>
        <source>“%1” is stored and shown on the map; accept it among the plans.</source>
        <translation>«%1» è salvato e mostrato sulla mappa; si accetta tra i piani.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
</context>
<context>
    <name>NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>Nuovo progetto</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Scegli file…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coordinate</translation>
    </message>
    <message>
        <source>The coordinates must be metric. EPSG:7791 is RDN2008 / UTM zone 32N, the Italian frame from Piedmont to Lombardy; what you import is transformed to it.</source>
        <translation>Le coordinate devono essere in metri. EPSG:7791 è RDN2008 / UTM fuso 32N, il sistema italiano dal Piemonte alla Lombardia; i dati importati vengono trasformati in questo sistema.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crea</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>My network</source>
        <translation>La mia rete</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>Indicare il nome del progetto.</translation>
    </message>
    <message>
        <source>Say where the file shall lie.</source>
        <translation>Indicare dove salvare il file.</translation>
    </message>
    <message>
        <source>This file exists already. Choose another name, or open it.</source>
        <translation>Il file esiste già. Scegliere un altro nome oppure aprirlo.</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>La cartella non esiste.</translation>
    </message>
    <message>
        <source>Projects (*.gpkg)</source>
        <translation>Progetti (*.gpkg)</translation>
    </message>
</context>
<context>
    <name>ObjectForm</name>
    <message>
        <source>&lt;%1 different values&gt;</source>
        <translation>&lt;%1 valori diversi&gt;</translation>
    </message>
</context>
<context>
    <name>ObjectListDialog</name>
    <message>
        <source>Name of one of %1</source>
        <translation>Nome di un elemento di %1</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Aggiungi</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Togli</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Su</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Giù</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Conferma</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Click or drag to move the map</source>
        <translation>Fare clic o trascinare per spostare la mappa</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Quadro d’insieme</translation>
    </message>
</context>
<context>
    <name>PaperParts</name>
    <message>
        <source>Parts of report and workbook</source>
        <translation>Parti di relazione e foglio di calcolo</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuna</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Copertina</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Indice</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Sintesi</translation>
    </message>
    <message>
        <source>Map sheets</source>
        <translation>Fogli di carta</translation>
    </message>
    <message>
        <source>Map by phase</source>
        <translation>Carta per fasi</translation>
    </message>
    <message>
        <source>Diversity of routes</source>
        <translation>Percorsi diversificati</translation>
    </message>
    <message>
        <source>Bill of quantities</source>
        <translation>Computo metrico</translation>
    </message>
    <message>
        <source>Cost summary</source>
        <translation>Quadro economico</translation>
    </message>
    <message>
        <source>Who pays</source>
        <translation>Chi paga</translation>
    </message>
    <message>
        <source>Contributions</source>
        <translation>Contributi</translation>
    </message>
    <message>
        <source>Costs over life</source>
        <translation>Costi nella vita utile</translation>
    </message>
    <message>
        <source>Likely range</source>
        <translation>Intervallo probabile</translation>
    </message>
    <message>
        <source>Phases and funding</source>
        <translation>Fasi e finanziamenti</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Streets and spans</source>
        <translation>Strade e tratte</translation>
    </message>
    <message>
        <source>Assumptions and sources</source>
        <translation>Ipotesi e fonti</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Osservazioni</translation>
    </message>
</context>
<context>
    <name>PhaseForm</name>
    <message>
        <source>Money left may be spent later</source>
        <translation>Il residuo si può spendere dopo</translation>
    </message>
    <message>
        <source>Money is with sums and VAT</source>
        <translation>Importi con somme e IVA</translation>
    </message>
    <message>
        <source>Show phases on the map</source>
        <translation>Mostra le fasi sulla mappa</translation>
    </message>
    <message>
        <source>Show what it would build</source>
        <translation>Mostra che cosa costruirebbe</translation>
    </message>
    <message>
        <source>Let one wait for the other</source>
        <translation>L’una dopo l’altra</translation>
    </message>
    <message>
        <source>Forget the chosen order</source>
        <translation>Elimina l’ordine scelto</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>Calcola</translation>
    </message>
    <message>
        <source>Write the years into the plan</source>
        <translation>Scrivi gli anni nel piano</translation>
    </message>
    <message>
        <source>Budget of %1</source>
        <translation>Budget del %1</translation>
    </message>
    <message>
        <source>%1 waits for %2</source>
        <translation>%1 dopo %2</translation>
    </message>
    <message>
        <source>Budgets and fundings hold the cost summary: works, sums at disposal, VAT</source>
        <translation>Budget e finanziamenti coprono il quadro economico: lavori, somme a disposizione, IVA</translation>
    </message>
    <message>
        <source>Order of sites</source>
        <translation>Ordine delle sedi</translation>
    </message>
    <message>
        <source>Select two sites on the map or in the table: the less urgent one waits</source>
        <translation>Seleziona due sedi sulla mappa o in tabella: la meno urgente aspetta</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Dal</translation>
    </message>
    <message>
        <source>Years</source>
        <translation>Anni</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Primo anno</translation>
    </message>
    <message>
        <source>Number of years</source>
        <translation>Numero di anni</translation>
    </message>
    <message>
        <source>And with</source>
        <translation>E con altri</translation>
    </message>
    <message>
        <source>Further money of the last year</source>
        <translation>Altro denaro nell’ultimo anno</translation>
    </message>
</context>
<context>
    <name>PhasesTab</name>
    <message>
        <source>Phases</source>
        <translation>Fasi</translation>
    </message>
    <message>
        <source>Give each year its money and compute: what it builds is listed here.</source>
        <translation>Indicare l’importo di ogni anno e calcolare: qui compare che cosa si costruisce.</translation>
    </message>
    <message>
        <source>Time plan</source>
        <translation>Cronoprogramma</translation>
    </message>
    <message numerus="yes">
        <source>%1 for %n site(s)</source>
        <translation>
            <numerusform>%1 per %n sede</numerusform>
            <numerusform>%1 per %n sedi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n site(s) left out.</source>
        <translation>
            <numerusform>%n sede esclusa.</numerusform>
            <numerusform>%n sedi escluse.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 more would connect %n more site(s).</source>
        <translation>
            <numerusform>%1 in più collegherebbero %n altra sede.</numerusform>
            <numerusform>%1 in più collegherebbero altre %n sedi.</numerusform>
        </translation>
    </message>
    <message>
        <source>No funding covers %1.</source>
        <translation>Nessun finanziamento copre %1.</translation>
    </message>
    <message>
        <source>Proven gap %1.</source>
        <translation>Scarto garantito %1.</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Anno</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Costo</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>From fundings</source>
        <translation>Dai finanziamenti</translation>
    </message>
    <message>
        <source>Left of them</source>
        <translation>Residuo</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Non coperto</translation>
    </message>
    <message>
        <source>Sections that the same sites need</source>
        <translation>Tratte comuni alle stesse sedi</translation>
    </message>
    <message>
        <source>Rows of the time plan</source>
        <translation>Righe del cronoprogramma</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Righe</translation>
    </message>
    <message>
        <source>By year</source>
        <translation>Per anno</translation>
    </message>
    <message>
        <source>Fundings</source>
        <translation>Finanziamenti</translation>
    </message>
</context>
<context>
    <name>PlanConditions</name>
    <message>
        <source>Conditions</source>
        <translation>Condizioni</translation>
    </message>
    <message>
        <source>From selection</source>
        <translation>Dalla selezione</translation>
    </message>
    <message>
        <source>Remove the marked conditions, or all</source>
        <translation>Elimina le condizioni evidenziate, o tutte</translation>
    </message>
    <message>
        <source>Remove conditions</source>
        <translation>Elimina condizioni</translation>
    </message>
    <message>
        <source>Must be used</source>
        <translation>Da usare</translation>
    </message>
    <message>
        <source>To be avoided</source>
        <translation>Da evitare</translation>
    </message>
    <message>
        <source>Kept as planned</source>
        <translation>Da mantenere</translation>
    </message>
    <message>
        <source>To be passed</source>
        <translation>Da attraversare</translation>
    </message>
    <message>
        <source>Select streets, sections or areas on the map.</source>
        <translation>Selezionare vie, tratte o aree sulla mappa.</translation>
    </message>
</context>
<context>
    <name>PlanForm</name>
    <message>
        <source>More options…</source>
        <translation>Altre opzioni…</translation>
    </message>
    <message>
        <source>Make plan</source>
        <translation>Calcola piano</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Selezionate</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non collegate</translation>
    </message>
    <message>
        <source>In the table</source>
        <translation>Nella tabella</translation>
    </message>
    <message>
        <source>Of the plan</source>
        <translation>Del piano</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protezione</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Condizioni</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Prezzi</translation>
    </message>
    <message>
        <source>Select the sites to connect first.</source>
        <translation>Selezionare prima le sedi da collegare.</translation>
    </message>
    <message>
        <source>No price list</source>
        <translation>Nessun elenco prezzi</translation>
    </message>
    <message>
        <source>%1: %2 of %3 prices are assumed</source>
        <translation>%1: %2 prezzi su %3 sono indicativi</translation>
    </message>
    <message>
        <source>Plan %1</source>
        <translation>Piano %1</translation>
    </message>
</context>
<context>
    <name>PlanList</name>
    <message>
        <source>Plans</source>
        <translation>Piani</translation>
    </message>
</context>
<context>
    <name>PlanParametersDialog</name>
    <message>
        <source>Options of the plan</source>
        <translation>Opzioni del piano</translation>
    </message>
    <message>
        <source>Start also from what is only planned</source>
        <translation>Parti anche dalle tratte solo pianificate</translation>
    </message>
    <message>
        <source>Replace a draft of the same name</source>
        <translation>Sostituisci la bozza con lo stesso nome</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Nessun limite</translation>
    </message>
    <message>
        <source>Plan so that every route keeps this length</source>
        <translation>Progetta in modo che ogni percorso rispetti la lunghezza</translation>
    </message>
    <message>
        <source>New pole lines along streets too</source>
        <translation>Anche nuove palificazioni lungo le vie</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Tempo massimo</translation>
    </message>
    <message>
        <source>Stop at a gap of</source>
        <translation>Scarto accettato</translation>
    </message>
    <message>
        <source>Longest lead-in</source>
        <translation>Raccordo massimo</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seme casuale</translation>
    </message>
    <message>
        <source>Longest route to the hub</source>
        <translation>Percorso massimo fino all’hub</translation>
    </message>
    <message>
        <source>Techniques that may be used</source>
        <translation>Tecniche ammesse</translation>
    </message>
    <message>
        <source>Hubs that count</source>
        <translation>Hub considerati</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Applica</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Leave at least one choice marked.</source>
        <translation>Lasciare selezionata almeno una voce.</translation>
    </message>
</context>
<context>
    <name>PlansPanel</name>
    <message>
        <source>No plan yet. Choose the sites above and make one.</source>
        <translation>Ancora nessun piano. Scegliere le sedi qui sopra e calcolarne uno.</translation>
    </message>
    <message>
        <source>Out of date: the data have changed since.</source>
        <translation>Non aggiornato: i dati sono cambiati dopo il calcolo.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accetta</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Esporta…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>New plan</source>
        <translation>Nuovo piano</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>Piani</translation>
    </message>
    <message>
        <source>Nothing to plan: every chosen site is connected already.</source>
        <translation>Niente da pianificare: tutte le sedi scelte sono già collegate.</translation>
    </message>
    <message numerus="yes">
        <source>%n site(s) cannot be reached; see the findings.</source>
        <translation>
            <numerusform>%n sede non raggiungibile; vedere le segnalazioni.</numerusform>
            <numerusform>%n sedi non raggiungibili; vedere le segnalazioni.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Preferenze</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Applica</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>PriceDialog</name>
    <message>
        <source>Price of %1</source>
        <translation>Prezzo di %1</translation>
    </message>
    <message>
        <source>Without a source the price stays an assumption</source>
        <translation>Senza fonte il prezzo resta indicativo</translation>
    </message>
    <message>
        <source>€ per %1</source>
        <translation>€ per %1</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Minimo</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Tipico</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Massimo</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Anno</translation>
    </message>
    <message>
        <source>Plans were priced with this list: a new version of it is made.</source>
        <translation>Alcuni piani sono valorizzati con questo elenco: se ne crea una nuova versione.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conserva</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>“%1” is no price.</source>
        <translation>«%1» non è un prezzo.</translation>
    </message>
    <message>
        <source>The typical price is needed.</source>
        <translation>Il prezzo tipico è necessario.</translation>
    </message>
    <message>
        <source>Low, typical and high are not in order.</source>
        <translation>Minimo, tipico e massimo non sono in ordine.</translation>
    </message>
</context>
<context>
    <name>PriceImportDialog</name>
    <message>
        <source>Import prices from %1</source>
        <translation>Importa prezzi da %1</translation>
    </message>
    <message>
        <source>A new list</source>
        <translation>Un nuovo elenco</translation>
    </message>
    <message>
        <source>A new version of %1</source>
        <translation>Una nuova versione di %1</translation>
    </message>
    <message>
        <source>Without a source prices are assumptions</source>
        <translation>Senza fonte i prezzi sono indicativi</translation>
    </message>
    <message>
        <source>Import as</source>
        <translation>Importa come</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Source of the prices</source>
        <translation>Fonte dei prezzi</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Foglio</translation>
    </message>
    <message>
        <source>Use for new plans</source>
        <translation>Usa per i nuovi piani</translation>
    </message>
    <message>
        <source>Looking into the file…</source>
        <translation>Esame del file…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importa</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Importazione…</translation>
    </message>
</context>
<context>
    <name>PricesFeature</name>
    <message>
        <source>Prices</source>
        <translation>Prezzi</translation>
    </message>
    <message>
        <source>Looking into %1</source>
        <translation>Esame di %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Importazione di %1</translation>
    </message>
    <message>
        <source>%1 of %2 prices were imported</source>
        <translation>Importati %1 prezzi su %2</translation>
    </message>
    <message>
        <source>The rows that were left out lie in %1.</source>
        <translation>Le righe escluse si trovano in %1.</translation>
    </message>
    <message>
        <source>Choose a plan first.</source>
        <translation>Scegliere prima un piano.</translation>
    </message>
    <message>
        <source>“%1” with %2: %3, with its own list %4. The plan stays as it is.</source>
        <translation>«%1» con %2: %3, con il proprio elenco %4. Il piano resta com’è.</translation>
    </message>
    <message>
        <source>The plan cannot be priced</source>
        <translation>Il piano non si può valorizzare</translation>
    </message>
    <message>
        <source>Pricing the plan</source>
        <translation>Valorizzazione del piano</translation>
    </message>
    <message>
        <source>Import prices</source>
        <translation>Importa prezzi</translation>
    </message>
    <message>
        <source>Price lists (*.csv *.xlsx *.txt)</source>
        <translation>Elenchi prezzi (*.csv *.xlsx *.txt)</translation>
    </message>
    <message>
        <source>Export prices</source>
        <translation>Esporta prezzi</translation>
    </message>
    <message>
        <source>Workbook (*.xlsx);;Text with separators (*.csv)</source>
        <translation>Cartella di lavoro (*.xlsx);;Testo con separatori (*.csv)</translation>
    </message>
    <message>
        <source>Exported: %1</source>
        <translation>Esportato: %1</translation>
    </message>
    <message>
        <source>The list was not written</source>
        <translation>L’elenco non è stato scritto</translation>
    </message>
    <message>
        <source>Exporting prices</source>
        <translation>Esportazione dei prezzi</translation>
    </message>
    <message>
        <source>Take in cost rules</source>
        <translation>Carica regole di costo</translation>
    </message>
    <message>
        <source>Cost rules (*.json)</source>
        <translation>Regole di costo (*.json)</translation>
    </message>
    <message>
        <source>The rules were not taken in</source>
        <translation>Le regole non sono state caricate</translation>
    </message>
    <message>
        <source>New plans follow the cost rules that come with the program.</source>
        <translation>I nuovi piani seguono le regole di costo del programma.</translation>
    </message>
    <message>
        <source>New plans follow the project&apos;s own cost rules.</source>
        <translation>I nuovi piani seguono le regole di costo proprie del progetto.</translation>
    </message>
    <message>
        <source>Write cost rules</source>
        <translation>Scrivi regole di costo</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Scritto: %1</translation>
    </message>
</context>
<context>
    <name>PricesPanel</name>
    <message>
        <source>Price lists</source>
        <translation>Elenchi prezzi</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Voci</translation>
    </message>
    <message>
        <source>No price list yet: import one.</source>
        <translation>Ancora nessun elenco prezzi: importarne uno.</translation>
    </message>
    <message>
        <source>Choose a price list to see its items.</source>
        <translation>Scegliere un elenco prezzi per vederne le voci.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importa…</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Usa</translation>
    </message>
    <message>
        <source>Use for new plans</source>
        <translation>Usa per i nuovi piani</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Altro</translation>
    </message>
    <message>
        <source>Prices of another year…</source>
        <translation>Prezzi di un altro anno…</translation>
    </message>
    <message>
        <source>Price the chosen plan with this list</source>
        <translation>Valorizza il piano scelto con questo elenco</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Esporta…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Add the newest reference prices</source>
        <translation>Aggiungi i prezzi di riferimento più recenti</translation>
    </message>
    <message>
        <source>Cost rules…</source>
        <translation>Regole di costo…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Modifica…</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Confronta con</translation>
    </message>
    <message>
        <source>Code or text</source>
        <translation>Codice o testo</translation>
    </message>
    <message>
        <source>Search items</source>
        <translation>Cerca voci</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Elenco prezzi</translation>
    </message>
    <message>
        <source>The marked one is used for new plans</source>
        <translation>Quello segnato serve per i nuovi piani</translation>
    </message>
    <message>
        <source>Ver.</source>
        <translation>Vers.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versione</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Anno</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Indicativi</translation>
    </message>
    <message>
        <source>Prices without a verified source</source>
        <translation>Prezzi senza fonte verificata</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Voce</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Tipico</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unità</translation>
    </message>
    <message>
        <source>Other list</source>
        <translation>Altro elenco</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>Rapporto</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Intervallo</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Confronta con…</translation>
    </message>
    <message>
        <source>Every price × %1, after %2</source>
        <translation>Ogni prezzo × %1, secondo %2</translation>
    </message>
    <message>
        <source>Priced with it: %1; a change makes a new version.</source>
        <translation>Valorizzati con questo elenco: %1; una modifica crea una nuova versione.</translation>
    </message>
    <message>
        <source>It was made for older cost rules, with fewer items.</source>
        <translation>È fatto per regole di costo precedenti, con meno voci.</translation>
    </message>
    <message>
        <source>Items that plans need are missing: %1</source>
        <translation>Mancano voci che servono ai piani: %1</translation>
    </message>
</context>
<context>
    <name>PrintMapDialog</name>
    <message>
        <source>Print the map</source>
        <translation>Stampa la mappa</translation>
    </message>
    <message>
        <source>As large as the view fits</source>
        <translation>La più grande che contiene la vista</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titolo</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Scala</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>The middle of the view is printed with the layers, filters and order that the map shows, the previewed plan included; map tiles of the background are not.</source>
        <translation>Si stampa il centro della vista con i livelli, i filtri e l’ordine della mappa, compreso il piano in anteprima; i tasselli dello sfondo non si stampano.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Scegli un file…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>The scale is a number such as 5000.</source>
        <translation>La scala è un numero, per esempio 5000.</translation>
    </message>
</context>
<context>
    <name>PrintingFeature</name>
    <message>
        <source>Print the map</source>
        <translation>Stampa la mappa</translation>
    </message>
    <message>
        <source>PDF (*.pdf);;Picture (*.png);;Drawing (*.svg)</source>
        <translation>PDF (*.pdf);;Immagine (*.png);;Disegno (*.svg)</translation>
    </message>
    <message>
        <source>Printing %1</source>
        <translation>Stampa di %1</translation>
    </message>
    <message>
        <source>Map written: %1</source>
        <translation>Mappa scritta: %1</translation>
    </message>
</context>
<context>
    <name>QuickPick</name>
    <message>
        <source>Nothing found</source>
        <translation>Nessun risultato</translation>
    </message>
</context>
<context>
    <name>RangeFilter</name>
    <message>
        <source>From</source>
        <translation>Da</translation>
    </message>
    <message>
        <source>To</source>
        <translation>A</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtra</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>“%1” is no number</source>
        <translation>«%1» non è un numero</translation>
    </message>
</context>
<context>
    <name>RatesPage</name>
    <message>
        <source>List</source>
        <translation>Elenca</translation>
    </message>
    <message>
        <source>Failure rates</source>
        <translation>Tassi di guasto</translation>
    </message>
    <message>
        <source>Availability and measures rest on these rates. Those marked as assumed have no verified source: copy them into the project and replace them by your own.</source>
        <translation>Disponibilità e interventi poggiano su questi tassi. Quelli segnati come ipotizzati non hanno fonte verificata: copiarli nel progetto e sostituirli con i propri.</translation>
    </message>
    <message>
        <source>Copy into the project</source>
        <translation>Copia nel progetto</translation>
    </message>
    <message>
        <source>Undo takes it back</source>
        <translation>Si può annullare</translation>
    </message>
    <message>
        <source>Rates in effect</source>
        <translation>Tassi in uso</translation>
    </message>
    <message>
        <source>of these assumed</source>
        <translation>di cui ipotizzati</translation>
    </message>
    <message>
        <source>of these in the project</source>
        <translation>di cui nel progetto</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Tasso</translation>
    </message>
    <message>
        <source>Cuts</source>
        <translation>Tagli</translation>
    </message>
    <message>
        <source>Cuts for each km and year</source>
        <translation>Tagli per km e anno</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Guasti</translation>
    </message>
    <message>
        <source>Failures for each year</source>
        <translation>Guasti all’anno</translation>
    </message>
    <message>
        <source>Repair, h</source>
        <translation>Ripristino, h</translation>
    </message>
    <message>
        <source>Mean time to repair</source>
        <translation>Tempo medio di ripristino</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzato</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Proprio</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Looking up the failure rates</source>
        <translation>Lettura dei tassi di guasto</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
</context>
<context>
    <name>RedundancyPanel</name>
    <message>
        <source>What is analysed</source>
        <translation>Oggetto dell’analisi</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Guasti</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Analisi</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Disponibilità</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Interventi</translation>
    </message>
    <message>
        <source>Risk groups</source>
        <translation>Gruppi di rischio</translation>
    </message>
    <message>
        <source>Failure rates</source>
        <translation>Tassi di guasto</translation>
    </message>
    <message>
        <source>Two routes of a site</source>
        <translation>Due percorsi di una sede</translation>
    </message>
    <message>
        <source>Network as built</source>
        <translation>Rete esistente</translation>
    </message>
    <message>
        <source>With %1</source>
        <translation>Con %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Rete</translation>
    </message>
</context>
<context>
    <name>RemarkCard</name>
    <message>
        <source>Answer…</source>
        <translation>Rispondi…</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Riapri</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>A place on the map</source>
        <translation>Un punto della mappa</translation>
    </message>
    <message>
        <source>An object that is no more</source>
        <translation>Un oggetto che non esiste più</translation>
    </message>
</context>
<context>
    <name>RemarkDialog</name>
    <message>
        <source>Answer</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Osservazione</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Aggiungi</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>A remark needs a text.</source>
        <translation>Un’osservazione deve avere un testo.</translation>
    </message>
</context>
<context>
    <name>RemarksPage</name>
    <message>
        <source>Which remarks</source>
        <translation>Quali osservazioni</translation>
    </message>
    <message>
        <source>New remark…</source>
        <translation>Nuova osservazione…</translation>
    </message>
    <message>
        <source>Take in the remarks written in an exported GeoPackage or spreadsheet</source>
        <translation>Acquisisce le osservazioni scritte in un GeoPackage o foglio di calcolo esportato</translation>
    </message>
    <message>
        <source>No remarks here. Select an object, or right-click a place of the map, and say what you think of it.</source>
        <translation>Nessuna osservazione. Selezionare un oggetto, o fare clic destro su un punto della mappa, e scrivere che cosa se ne pensa.</translation>
    </message>
    <message>
        <source>%1 of %2 are shown; the table of remarks has them all.</source>
        <translation>Mostrate %1 di %2; la tabella delle osservazioni le contiene tutte.</translation>
    </message>
</context>
<context>
    <name>ReviewFeature</name>
    <message>
        <source>Review</source>
        <translation>Verifica</translation>
    </message>
    <message>
        <source>Answer the remark…</source>
        <translation>Rispondi all’osservazione…</translation>
    </message>
    <message>
        <source>Remark on “%1”…</source>
        <translation>Osservazione su «%1»…</translation>
    </message>
    <message>
        <source>Remark on this place…</source>
        <translation>Osservazione su questo punto…</translation>
    </message>
    <message>
        <source>Select an object, or show a plan, to remark on.</source>
        <translation>Selezionare un oggetto, o mostrare un piano, su cui fare l’osservazione.</translation>
    </message>
    <message>
        <source>About a place on the map</source>
        <translation>Su un punto della mappa</translation>
    </message>
    <message>
        <source>New remark</source>
        <translation>Nuova osservazione</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>Remarks that came back</source>
        <translation>Osservazioni ricevute</translation>
    </message>
    <message>
        <source>Files with remarks (*.gpkg *.xlsx *.geojson *.csv *.shp *.zip)</source>
        <translation>File con osservazioni (*.gpkg *.xlsx *.geojson *.csv *.shp *.zip)</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Importazione di %1</translation>
    </message>
    <message>
        <source>%1 could not be read</source>
        <translation>%1 non è leggibile</translation>
    </message>
    <message>
        <source>Remarks: %1 new, %2 changed, %3 known already.</source>
        <translation>Osservazioni: %1 nuove, %2 modificate, %3 già note.</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) could not be taken in</source>
        <translation>
            <numerusform>Una riga non acquisita</numerusform>
            <numerusform>%n righe non acquisite</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Plan</source>
        <translation>Piano</translation>
    </message>
    <message>
        <source>Submit…</source>
        <translation>Presenta…</translation>
    </message>
    <message>
        <source>Begin the review…</source>
        <translation>Avvia la verifica…</translation>
    </message>
    <message>
        <source>Approve…</source>
        <translation>Approva…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Respingi…</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>Ritira…</translation>
    </message>
    <message>
        <source>Go on as a new draft…</source>
        <translation>Prosegui con una nuova bozza…</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Osservazioni</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Revisioni</translation>
    </message>
    <message>
        <source>No plan is shown.</source>
        <translation>Nessun piano sulla mappa.</translation>
    </message>
    <message>
        <source>Choose a plan in the panel Plans to review it.</source>
        <translation>Scegliere un piano nel pannello Piani per verificarlo.</translation>
    </message>
    <message>
        <source>revision %1</source>
        <translation>revisione %1</translation>
    </message>
    <message>
        <source>Frozen: nothing of it changes until it is decided.</source>
        <translation>Bloccato: nulla cambia fino alla decisione.</translation>
    </message>
    <message>
        <source>Frozen for good; a copy can be changed.</source>
        <translation>Bloccato definitivamente; si può modificare una copia.</translation>
    </message>
    <message>
        <source>Go on with a copy; this one stays with its remarks.</source>
        <translation>Proseguire con una copia; questo resta con le sue osservazioni.</translation>
    </message>
</context>
<context>
    <name>ReviewStepDialog</name>
    <message>
        <source>Plan: %1</source>
        <translation>Piano: %1</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Chi</translation>
    </message>
    <message>
        <source>Name of the new draft</source>
        <translation>Nome della nuova bozza</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>A rejection needs a reason.</source>
        <translation>Per respingere occorre una motivazione.</translation>
    </message>
    <message>
        <source>Say who does it.</source>
        <translation>Indicare chi lo fa.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Submit plan</source>
        <translation>Presenta il piano</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>Presenta</translation>
    </message>
    <message>
        <source>The plan is frozen, and what it says is kept as a revision.</source>
        <translation>Il piano viene bloccato e il suo contenuto conservato come revisione.</translation>
    </message>
    <message>
        <source>Begin the review</source>
        <translation>Avvia la verifica</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Avvia</translation>
    </message>
    <message>
        <source>Tells everybody that somebody is looking at it.</source>
        <translation>Segnala a tutti che qualcuno lo sta esaminando.</translation>
    </message>
    <message>
        <source>Approve plan</source>
        <translation>Approva il piano</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Approva</translation>
    </message>
    <message>
        <source>Only what was submitted is approved: its hash is checked first.</source>
        <translation>Si approva solo ciò che è stato presentato: prima se ne controlla l’impronta (hash).</translation>
    </message>
    <message>
        <source>Reject plan</source>
        <translation>Respingi il piano</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Respingi</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivazione</translation>
    </message>
    <message>
        <source>The plan stays as it is; it is gone on with as a copy.</source>
        <translation>Il piano resta com’è; si prosegue con una copia.</translation>
    </message>
    <message>
        <source>Withdraw plan</source>
        <translation>Ritira il piano</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Ritira</translation>
    </message>
    <message>
        <source>It becomes a draft again; the revision stays in the record.</source>
        <translation>Torna a essere una bozza; la revisione resta agli atti.</translation>
    </message>
    <message>
        <source>Go on as a new draft</source>
        <translation>Prosegui con una nuova bozza</translation>
    </message>
    <message>
        <source>Make the draft</source>
        <translation>Crea la bozza</translation>
    </message>
    <message>
        <source>A copy with the same rows; remarks and revisions stay in sight.</source>
        <translation>Una copia con le stesse righe; osservazioni e revisioni restano visibili.</translation>
    </message>
</context>
<context>
    <name>RevisionsPage</name>
    <message>
        <source>Revisions</source>
        <translation>Revisioni</translation>
    </message>
    <message>
        <source>No revision yet: submitting the plan makes the first.</source>
        <translation>Ancora nessuna revisione: la prima nasce quando si presenta il piano.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Confronta</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Con</translation>
    </message>
    <message>
        <source>Take the differences off the map</source>
        <translation>Toglie le differenze dalla mappa</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Differenze</translation>
    </message>
    <message>
        <source>Cost: %1 (from %2 to %3)</source>
        <translation>Costo: %1 (da %2 a %3)</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Presentata il</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Da</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Decisa da</translation>
    </message>
    <message>
        <source>Grounds</source>
        <translation>Motivazione</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Che cosa</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Oggetto</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Costo</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>Revisione %1</translation>
    </message>
    <message>
        <source>The plan as it is</source>
        <translation>Il piano com’è ora</translation>
    </message>
</context>
<context>
    <name>RisksPage</name>
    <message>
        <source>Make groups</source>
        <translation>Crea gruppi</translation>
    </message>
    <message>
        <source>Make the automatic groups anew; undo takes it back</source>
        <translation>Ricrea i gruppi automatici; si può annullare</translation>
    </message>
    <message>
        <source>Risk groups</source>
        <translation>Gruppi di rischio</translation>
    </message>
    <message>
        <source>Same trench: closer than</source>
        <translation>Stesso scavo: più vicino di</translation>
    </message>
    <message>
        <source>Kind of groups shown</source>
        <translation>Tipo di gruppi mostrati</translation>
    </message>
    <message>
        <source>Let the whole group fail</source>
        <translation>Simula il guasto di tutto il gruppo</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>a mano</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Perché</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppo</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>Tratte</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodi</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Creato</translation>
    </message>
    <message>
        <source>Looking for what lies together</source>
        <translation>Ricerca di ciò che sta insieme</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Tutti i tipi</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostra</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppi</translation>
    </message>
    <message>
        <source>of these edited by hand</source>
        <translation>di cui modificati a mano</translation>
    </message>
</context>
<context>
    <name>RoutePanel</name>
    <message>
        <source>Route by hand</source>
        <translation>Tracciato a mano</translation>
    </message>
    <message>
        <source>Route length</source>
        <translation>Lunghezza tracciato</translation>
    </message>
    <message>
        <source>To be built</source>
        <translation>Da costruire</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Costo</translation>
    </message>
    <message>
        <source>Cost range</source>
        <translation>Intervallo di costo</translation>
    </message>
    <message>
        <source>Against the start</source>
        <translation>Rispetto all’inizio</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>Fibre to the hub</source>
        <translation>Fibra fino all’hub</translation>
    </message>
    <message>
        <source>Loss at 1310 nm</source>
        <translation>Attenuazione a 1310 nm</translation>
    </message>
    <message>
        <source>Loss at 1550 nm</source>
        <translation>Attenuazione a 1550 nm</translation>
    </message>
    <message>
        <source>Optics that bear it</source>
        <translation>Ottiche che la sopportano</translation>
    </message>
    <message>
        <source>Streets asked for or avoided</source>
        <translation>Vie richieste o vietate</translation>
    </message>
    <message>
        <source>Put into the plan</source>
        <translation>Inserisci nel piano</translation>
    </message>
    <message>
        <source>Replace the site&apos;s route in the plan, as one undo step</source>
        <translation>Sostituisce il percorso della sede nel piano, annullabile in un passo</translation>
    </message>
    <message>
        <source>Plan around it</source>
        <translation>Pianifica attorno</translation>
    </message>
    <message>
        <source>Make way-points and streets conditions of the next plan</source>
        <translation>Rende punti di passaggio e vie condizioni del prossimo piano</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Svuota</translation>
    </message>
    <message>
        <source>Drag the line or its points. Click a street to forbid or require it, a part of the line to keep it; a double click removes a way-point.</source>
        <translation>Trascinare la linea o i suoi punti. Fare clic su una via per vietarla o richiederla, su una parte della linea per mantenerla; un doppio clic toglie un punto di passaggio.</translation>
    </message>
    <message>
        <source>Streets and prices are being made ready; you can begin meanwhile.</source>
        <translation>Vie e prezzi sono in preparazione; intanto si può cominciare.</translation>
    </message>
    <message>
        <source>Click a site, a planned section, or two places on the map with the tool Route.</source>
        <translation>Con lo strumento Tracciato fare clic su una sede, su una tratta pianificata o su due punti della mappa.</translation>
    </message>
    <message>
        <source>%1 %2: %3 dB left</source>
        <translation>%1 %2: restano %3 dB</translation>
    </message>
    <message>
        <source>A link fits with a design margin of 3 dB within the reach of the optics</source>
        <translation>Un collegamento è adatto con un margine di progetto di 3 dB entro la portata dell’ottica</translation>
    </message>
    <message>
        <source>Forbidden</source>
        <translation>Vietata</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>Richiesta</translation>
    </message>
    <message>
        <source>Double-click to let it go</source>
        <translation>Doppio clic per liberarla</translation>
    </message>
</context>
<context>
    <name>RoutingFeature</name>
    <message>
        <source>Route</source>
        <translation>Tracciato</translation>
    </message>
    <message>
        <source>Click the other end</source>
        <translation>Fare clic sull’altro capo</translation>
    </message>
    <message>
        <source>Making streets and prices ready…</source>
        <translation>Preparazione di vie e prezzi…</translation>
    </message>
    <message>
        <source>The route could not be worked out: %1</source>
        <translation>Il tracciato non è calcolabile: %1</translation>
    </message>
    <message>
        <source>Remove this way-point</source>
        <translation>Togli questo punto di passaggio</translation>
    </message>
    <message>
        <source>Let this part go</source>
        <translation>Libera questa parte</translation>
    </message>
    <message>
        <source>Keep this part as it is</source>
        <translation>Mantieni questa parte com’è</translation>
    </message>
    <message>
        <source>Forbid “%1”</source>
        <translation>Vieta «%1»</translation>
    </message>
    <message>
        <source>Require “%1”</source>
        <translation>Richiedi «%1»</translation>
    </message>
    <message>
        <source>The data have changed meanwhile: the route was not put in.</source>
        <translation>Nel frattempo i dati sono cambiati: il tracciato non è stato inserito.</translation>
    </message>
    <message>
        <source>Putting the route into the plan</source>
        <translation>Inserimento del tracciato nel piano</translation>
    </message>
    <message>
        <source>The route is in the plan and locked: %1 against before.</source>
        <translation>Il tracciato è nel piano ed è bloccato: %1 rispetto a prima.</translation>
    </message>
</context>
<context>
    <name>RulesDialog</name>
    <message>
        <source>Cost rules</source>
        <translation>Regole di costo</translation>
    </message>
    <message>
        <source>New plans follow the project&apos;s own cost rules.</source>
        <translation>I nuovi piani seguono le regole di costo proprie del progetto.</translation>
    </message>
    <message>
        <source>New plans follow the cost rules that come with the program.</source>
        <translation>I nuovi piani seguono le regole di costo del programma.</translation>
    </message>
    <message>
        <source>Rules say which technique a street allows, and how trenches, surfaces, chambers, cables, joints and equipment turn into quantities. Write them to a file, change it, take it in. Plans keep what they were made with.</source>
        <translation>Le regole dicono quale tecnica ammette una via e come scavi, superfici, pozzetti, cavi, giunti e apparati diventano quantità. Scriverle in un file, modificarlo, caricarlo. I piani conservano quelle con cui sono stati fatti.</translation>
    </message>
    <message>
        <source>Take in a file…</source>
        <translation>Carica un file…</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>Scrivi in un file…</translation>
    </message>
    <message>
        <source>Use those of the program</source>
        <translation>Usa quelle del programma</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The project was made by an older version: upgraded, the old file is %1</source>
        <translation>Il progetto era di una versione precedente ed è stato aggiornato; il vecchio file è %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) changed by others: left as they are.</source>
        <translation>
            <numerusform>%n riga modificata da altri: lasciata com’è.</numerusform>
            <numerusform>%n righe modificate da altri: lasciate come sono.</numerusform>
        </translation>
    </message>
    <message>
        <source>The project was changed by another program.</source>
        <translation>Il progetto è stato modificato da un altro programma.</translation>
    </message>
</context>
<context>
    <name>SitesPanel</name>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Nothing to show: import sites, or clear the filter.</source>
        <translation>Nulla da mostrare: importare le sedi o svuotare il filtro.</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Collegata</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Filter by name, code, place …</source>
        <translation>Filtra per nome, codice, luogo …</translation>
    </message>
    <message>
        <source>Filter of the sites</source>
        <translation>Filtro delle sedi</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Connected or not</source>
        <translation>Collegate o no</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>Tutte le sedi</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Non collegate</translation>
    </message>
    <message>
        <source>All categories</source>
        <translation>Tutte le categorie</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Mostra sulla mappa</translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation>Seleziona le visibili</translation>
    </message>
</context>
<context>
    <name>SpreadTab</name>
    <message>
        <source>Independent</source>
        <translation>Indipendenti</translation>
    </message>
    <message>
        <source>Half together in a chapter</source>
        <translation>In parte insieme, per capitolo</translation>
    </message>
    <message>
        <source>Wholly together in a chapter</source>
        <translation>Del tutto insieme, per capitolo</translation>
    </message>
    <message>
        <source>How prices move</source>
        <translation>Come si muovono i prezzi</translation>
    </message>
    <message>
        <source>What drives the total</source>
        <translation>Che cosa determina il totale</translation>
    </message>
    <message>
        <source>Prices move</source>
        <translation>Prezzi</translation>
    </message>
    <message>
        <source>In 8 of 10 cases %1 to %3; as often above as below %2.</source>
        <translation>In 8 casi su 10 da %1 a %3; metà delle volte sopra %2.</translation>
    </message>
    <message>
        <source>%1 draws, seed %2: each price falls between low and high, most often near typical. Prices that move together spread the total more.</source>
        <translation>%1 estrazioni, seme %2: ogni prezzo cade tra minimo e massimo, più spesso vicino al tipico. Prezzi che si muovono insieme allargano l’intervallo del totale.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Easting and northing</source>
        <translation>Est e Nord</translation>
    </message>
    <message>
        <source>Latitude and longitude, WGS84: press to change</source>
        <translation>Latitudine e longitudine, WGS84: premere per cambiare formato</translation>
    </message>
    <message>
        <source>Scale of the map on this screen</source>
        <translation>Scala della mappa su questo schermo</translation>
    </message>
    <message>
        <source>Coordinate reference system of the project</source>
        <translation>Sistema di riferimento del progetto</translation>
    </message>
</context>
<context>
    <name>StudyPage</name>
    <message>
        <source>Run the study in the panel Redundancy: what it finds is listed here.</source>
        <translation>Avviare l’analisi nel pannello Ridondanza: i risultati compaiono qui.</translation>
    </message>
</context>
<context>
    <name>TableFilter</name>
    <message>
        <source>Filter: words, or a condition such as priority &lt;= 2</source>
        <translation>Filtro: parole, o una condizione come priority &lt;= 2</translation>
    </message>
    <message>
        <source>Filter of the table</source>
        <translation>Filtro della tabella</translation>
    </message>
    <message>
        <source>Take this condition off</source>
        <translation>Togli questa condizione</translation>
    </message>
    <message>
        <source>Take off: %1</source>
        <translation>Togli: %1</translation>
    </message>
</context>
<context>
    <name>TablesFeature</name>
    <message>
        <source>Tables</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>These rows change by planning or review, not by deleting.</source>
        <translation>Queste righe cambiano con la pianificazione o la revisione, non si eliminano.</translation>
    </message>
    <message>
        <source>This cannot be done</source>
        <translation>Operazione non possibile</translation>
    </message>
    <message>
        <source>Table written: %1</source>
        <translation>Tabella scritta: %1</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Scrittura di %1</translation>
    </message>
    <message>
        <source>The table could not be written</source>
        <translation>Non è stato possibile scrivere la tabella</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>Esporta la tabella</translation>
    </message>
    <message>
        <source>Spreadsheet (*.xlsx);;Text with separators (*.csv)</source>
        <translation>Foglio di calcolo (*.xlsx);;Testo con separatori (*.csv)</translation>
    </message>
    <message>
        <source>Delete “%1” from %2?</source>
        <translation>Eliminare «%1» da %2?</translation>
    </message>
    <message>
        <source>Delete %1 of %2?</source>
        <translation>Eliminare %1 elementi di %2?</translation>
    </message>
</context>
<context>
    <name>TablesPanel</name>
    <message>
        <source>Columns</source>
        <translation>Colonne</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Come all’inizio</translation>
    </message>
    <message>
        <source>Filter by this column…</source>
        <translation>Filtra per questa colonna…</translation>
    </message>
    <message>
        <source>Take the filter of this column off</source>
        <translation>Togli il filtro di questa colonna</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>Nascondi questa colonna</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Mostra sulla mappa</translation>
    </message>
    <message>
        <source>Open the form</source>
        <translation>Apri la scheda</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
    <message>
        <source>Copy with headings</source>
        <translation>Copia con le intestazioni</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Incolla</translation>
    </message>
    <message>
        <source>Empty the cells</source>
        <translation>Svuota le celle</translation>
    </message>
    <message>
        <source>Show only these on the map</source>
        <translation>Mostra solo questi sulla mappa</translation>
    </message>
    <message>
        <source>Select all shown</source>
        <translation>Seleziona tutti i mostrati</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Elimina…</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabella</translation>
    </message>
    <message>
        <source>Nothing to show: import a file, add a row, or clear the filter.</source>
        <translation>Nulla da mostrare: importare un file, aggiungere una riga o svuotare il filtro.</translation>
    </message>
    <message>
        <source>Only what is selected</source>
        <translation>Solo gli elementi selezionati</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Scegli le colonne</translation>
    </message>
    <message>
        <source>Open the form of what is selected</source>
        <translation>Apri la scheda degli elementi selezionati</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>Aggiungi una riga</translation>
    </message>
    <message>
        <source>Delete what is selected</source>
        <translation>Elimina gli elementi selezionati</translation>
    </message>
    <message>
        <source>Copy for a spreadsheet</source>
        <translation>Copia per un foglio di calcolo</translation>
    </message>
    <message>
        <source>Export the table as shown</source>
        <translation>Esporta la tabella così com’è mostrata</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>%1 di %2 mostrati</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 selezionati</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>somma</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>media</translation>
    </message>
    <message>
        <source>least</source>
        <translation>minimo</translation>
    </message>
    <message>
        <source>most</source>
        <translation>massimo</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n valore</numerusform>
            <numerusform>%n valori</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n riga copiata</numerusform>
            <numerusform>%n righe copiate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TornadoChart</name>
    <message>
        <source>thousand €</source>
        <translation>migliaia di €</translation>
    </message>
</context>
<context>
    <name>TwoRoutes</name>
    <message>
        <source>What two routes may not share</source>
        <translation>Che cosa due percorsi non possono avere in comune</translation>
    </message>
    <message>
        <source>No shared span</source>
        <translation>Nessuna tratta in comune</translation>
    </message>
    <message>
        <source>No shared node</source>
        <translation>Nessun nodo in comune</translation>
    </message>
    <message>
        <source>No shared risk</source>
        <translation>Nessun rischio comune</translation>
    </message>
    <message>
        <source>No common trench, duct, sewer, bridge, crossing, chamber or zone</source>
        <translation>Nessuno scavo, cavidotto, fognatura, ponte, attraversamento, pozzetto o area in comune</translation>
    </message>
    <message>
        <source>Where the routes end</source>
        <translation>Dove terminano i percorsi</translation>
    </message>
    <message>
        <source>Any hub</source>
        <translation>Qualsiasi hub</translation>
    </message>
    <message>
        <source>One hub</source>
        <translation>Un hub</translation>
    </message>
    <message>
        <source>Two hubs</source>
        <translation>Due hub</translation>
    </message>
    <message>
        <source>Two points of the ring</source>
        <translation>Due punti dell’anello</translation>
    </message>
    <message>
        <source>Share freely near the ends, within</source>
        <translation>In comune liberamente vicino agli estremi, entro</translation>
    </message>
    <message>
        <source>Keep apart elsewhere, at least</source>
        <translation>Altrove distanti almeno</translation>
    </message>
    <message>
        <source>Objects that one route must pass</source>
        <translation>Oggetti da cui un percorso deve passare</translation>
    </message>
    <message>
        <source>Objects that no route may take</source>
        <translation>Oggetti che nessun percorso può usare</translation>
    </message>
    <message>
        <source>Looking for two routes</source>
        <translation>Ricerca di due percorsi</translation>
    </message>
    <message>
        <source>No single site is selected</source>
        <translation>Nessuna sede singola selezionata</translation>
    </message>
    <message>
        <source>Select one site on the map or in the table, then find its routes.</source>
        <translation>Selezionare una sede sulla mappa o nella tabella, poi cercarne i percorsi.</translation>
    </message>
    <message>
        <source>Report written: %1</source>
        <translation>Relazione scritta: %1</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Scrittura di %1</translation>
    </message>
    <message>
        <source>Report as PDF</source>
        <translation>Relazione in PDF</translation>
    </message>
    <message>
        <source>Documents (*.pdf)</source>
        <translation>Documenti (*.pdf)</translation>
    </message>
    <message>
        <source>Apart by</source>
        <translation>Separati per</translation>
    </message>
    <message>
        <source>Lead to</source>
        <translation>Portano a</translation>
    </message>
    <message>
        <source>Exempt ends</source>
        <translation>Estremi esclusi</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>Distanza</translation>
    </message>
    <message>
        <source>Must pass</source>
        <translation>Da attraversare</translation>
    </message>
    <message>
        <source>Must avoid</source>
        <translation>Da evitare</translation>
    </message>
    <message>
        <source>names, with commas</source>
        <translation>nomi, separati da virgole</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Report as PDF…</source>
        <translation>Relazione in PDF…</translation>
    </message>
    <message>
        <source>The two routes</source>
        <translation>I due percorsi</translation>
    </message>
    <message>
        <source>Both depend on:</source>
        <translation>Entrambi dipendono da:</translation>
    </message>
    <message>
        <source>What both routes depend on</source>
        <translation>Da che cosa dipendono entrambi i percorsi</translation>
    </message>
    <message>
        <source>Select a line to see the place on the map</source>
        <translation>Selezionare una riga per vedere il punto sulla mappa</translation>
    </message>
    <message>
        <source>%1: no second route exists.</source>
        <translation>%1: non esiste un secondo percorso.</translation>
    </message>
    <message>
        <source>%1: no such pair was found; %2 things are in the way, listed below.</source>
        <translation>%1: nessuna coppia di questo tipo trovata; gli ostacoli, qui sotto, sono %2.</translation>
    </message>
    <message>
        <source>%1: %2 of new route, %3 (%4 to %5).</source>
        <translation>%1: %2 di nuovo tracciato, %3 (da %4 a %5).</translation>
    </message>
    <message>
        <source>At least %1 apart, away from the ends.</source>
        <translation>Distanti almeno %1, lontano dagli estremi.</translation>
    </message>
    <message>
        <source>Out for %1 min a year, %2 of them where both are one; class %3 %.</source>
        <translation>Fermi %1 min all’anno, di cui %2 dove i due coincidono; classe %3 %.</translation>
    </message>
    <message>
        <source>No cheaper pair exists.</source>
        <translation>Non esiste una coppia più economica.</translation>
    </message>
    <message>
        <source>A cheaper pair would still cost %1 (gap %2).</source>
        <translation>Una coppia più economica costerebbe comunque %1 (scarto %2).</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>Porta a</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Lunghezza</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nuovo</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perdita</translation>
    </message>
    <message>
        <source>%1, not counted</source>
        <translation>%1, non considerato</translation>
    </message>
</context>
<context>
    <name>UseCases</name>
    <message>
        <source>Looking into %1</source>
        <translation>Lettura preliminare di %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Importazione di %1</translation>
    </message>
    <message>
        <source>Checking the data</source>
        <translation>Controllo dei dati</translation>
    </message>
    <message>
        <source>Planning “%1”</source>
        <translation>Calcolo del piano «%1»</translation>
    </message>
    <message>
        <source>The plan is no more.</source>
        <translation>Il piano non esiste più.</translation>
    </message>
    <message>
        <source>Choosing the years</source>
        <translation>Scelta degli anni</translation>
    </message>
    <message>
        <source>Explaining the plan</source>
        <translation>Spiegazione del piano</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>Esportazione di %1</translation>
    </message>
    <message>
        <source>Building the demonstration project</source>
        <translation>Creazione del progetto dimostrativo</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Recent projects</source>
        <translation>Progetti recenti</translation>
    </message>
    <message>
        <source>Plan how a public fibre network reaches its next sites.</source>
        <translation>Per pianificare come una rete pubblica in fibra raggiunge nuove sedi.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Open the demonstration</source>
        <translation>Apri la dimostrazione</translation>
    </message>
    <message>
        <source>A modelled network around Milan, built on the first start.</source>
        <translation>Una rete simulata intorno a Milano, creata al primo avvio.</translation>
    </message>
    <message>
        <source>New project from my files</source>
        <translation>Nuovo progetto dai propri file</translation>
    </message>
    <message>
        <source>Create a project, then drag network, sites and streets into it.</source>
        <translation>Creare un progetto e trascinarvi rete, sedi e strade.</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Apri un progetto</translation>
    </message>
    <message>
        <source>A GeoPackage made by this program.</source>
        <translation>Un GeoPackage creato da questo programma.</translation>
    </message>
</context>
<context>
    <name>_Details</name>
    <message>
        <source>Cost range</source>
        <translation>Intervallo di costo</translation>
    </message>
    <message>
        <source>Route length</source>
        <translation>Lunghezza tracciato</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Proven gap</source>
        <translation>Scarto garantito</translation>
    </message>
    <message>
        <source>On placeholder prices</source>
        <translation>A prezzi indicativi</translation>
    </message>
    <message>
        <source>%1, %2 unreachable</source>
        <translation>%1, %2 non raggiungibili</translation>
    </message>
</context>
<context>
    <name>_ProgressRow</name>
    <message>
        <source>Progress of the plan</source>
        <translation>Avanzamento del piano</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Interruzione…</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Modifica</translation>
    </message>
    <message>
        <source>&amp;Draw</source>
        <translation>&amp;Disegno</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Visualizza</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>&amp;Piano</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aiuto</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Strumenti</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Disegno</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Nuovo progetto…</translation>
    </message>
    <message>
        <source>Create an empty project file</source>
        <translation>Crea un progetto vuoto</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>&amp;Apri progetto…</translation>
    </message>
    <message>
        <source>Open a project file</source>
        <translation>Apre un progetto</translation>
    </message>
    <message>
        <source>Open the &amp;demonstration</source>
        <translation>Apri la &amp;dimostrazione</translation>
    </message>
    <message>
        <source>Open a modelled network around Milan to try things out</source>
        <translation>Apre una rete simulata intorno a Milano per provare il programma</translation>
    </message>
    <message>
        <source>&amp;Save a copy…</source>
        <translation>&amp;Salva una copia…</translation>
    </message>
    <message>
        <source>Write a copy of the project to another file</source>
        <translation>Salva una copia del progetto in un altro file</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importa…</translation>
    </message>
    <message>
        <source>Read network, sites, streets or barriers from a file</source>
        <translation>Importa rete, sedi, strade o barriere da un file</translation>
    </message>
    <message>
        <source>&amp;Export plan…</source>
        <translation>Es&amp;porta piano…</translation>
    </message>
    <message>
        <source>Write a plan as PDF, GeoPackage, spreadsheet or web map</source>
        <translation>Esporta un piano come PDF, GeoPackage, foglio di calcolo o mappa web</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>&amp;Chiudi progetto</translation>
    </message>
    <message>
        <source>Close the project and show the welcome page</source>
        <translation>Chiude il progetto e mostra la pagina iniziale</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Esci</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Chiude il programma</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Annulla</translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation>Annulla l’ultima operazione</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Ripristina</translation>
    </message>
    <message>
        <source>Do the step again that was taken back</source>
        <translation>Ripete l’operazione annullata</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>Cronol&amp;ogia</translation>
    </message>
    <message>
        <source>Show every step, and go back to any of them</source>
        <translation>Mostra ogni passo e permette di tornare a uno qualsiasi</translation>
    </message>
    <message>
        <source>Chec&amp;kpoint…</source>
        <translation>Punto di &amp;controllo…</translation>
    </message>
    <message>
        <source>Keep a whole copy of the project under a name</source>
        <translation>Conserva una copia intera del progetto con un nome</translation>
    </message>
    <message>
        <source>Select sites &amp;not connected</source>
        <translation>Seleziona le sedi &amp;non collegate</translation>
    </message>
    <message>
        <source>Select every site that the network does not serve</source>
        <translation>Seleziona tutte le sedi non servite dalla rete</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>&amp;Deseleziona tutto</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Annulla la selezione</translation>
    </message>
    <message>
        <source>&amp;Edit what is selected</source>
        <translation>&amp;Modifica gli elementi selezionati</translation>
    </message>
    <message>
        <source>Open the form of one object, or of several at once</source>
        <translation>Apre la scheda di un oggetto, o di più oggetti insieme</translation>
    </message>
    <message>
        <source>Add a ro&amp;w…</source>
        <translation>A&amp;ggiungi una riga…</translation>
    </message>
    <message>
        <source>Add an agreement, an organisation, a price or the like</source>
        <translation>Aggiunge una convenzione, un ente, un prezzo o simili</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Preferenze…</translation>
    </message>
    <message>
        <source>Language and theme</source>
        <translation>Lingua e tema</translation>
    </message>
    <message>
        <source>&amp;Move the map</source>
        <translation>&amp;Sposta la mappa</translation>
    </message>
    <message>
        <source>Drag the map; click identifies an object</source>
        <translation>Trascina la mappa; un clic identifica un oggetto</translation>
    </message>
    <message>
        <source>&amp;Select on the map</source>
        <translation>S&amp;eleziona sulla mappa</translation>
    </message>
    <message>
        <source>Click or draw a rectangle to select; Shift adds</source>
        <translation>Seleziona con un clic o un rettangolo; Maiusc aggiunge</translation>
    </message>
    <message>
        <source>Select with a lass&amp;o</source>
        <translation>Seleziona a mano li&amp;bera</translation>
    </message>
    <message>
        <source>Draw around what to select; Shift adds</source>
        <translation>Seleziona ciò che viene circondato; Maiusc aggiunge</translation>
    </message>
    <message>
        <source>&amp;Zoom to a rectangle</source>
        <translation>&amp;Zoom su rettangolo</translation>
    </message>
    <message>
        <source>Draw the rectangle to show</source>
        <translation>Ingrandisce il rettangolo disegnato</translation>
    </message>
    <message>
        <source>M&amp;easure</source>
        <translation>&amp;Misura</translation>
    </message>
    <message>
        <source>Measure distances on the ellipsoid; double-click ends</source>
        <translation>Misura distanze sull’ellissoide; doppio clic per terminare</translation>
    </message>
    <message>
        <source>Meas&amp;ure an area</source>
        <translation>M&amp;isura un’area</translation>
    </message>
    <message>
        <source>Prev&amp;ious view</source>
        <translation>Vista prece&amp;dente</translation>
    </message>
    <message>
        <source>Bac&amp;kground…</source>
        <translation>S&amp;fondo…</translation>
    </message>
    <message>
        <source>Measure areas on the ellipsoid; double-click ends</source>
        <translation>Misura aree sull’ellissoide; doppio clic per finire</translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation>&amp;Vai a…</translation>
    </message>
    <message>
        <source>Find a site, street, municipality or coordinates by typing</source>
        <translation>Trova una sede, una via, un comune o coordinate scrivendo</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>Mostra &amp;tutto</translation>
    </message>
    <message>
        <source>Show the whole network and all sites</source>
        <translation>Mostra l’intera rete e tutte le sedi</translation>
    </message>
    <message>
        <source>Show se&amp;lection</source>
        <translation>Mostra se&amp;lezione</translation>
    </message>
    <message>
        <source>Zoom to what is selected</source>
        <translation>Zoom sulla selezione</translation>
    </message>
    <message>
        <source>Show the part of the map that was shown before</source>
        <translation>Torna alla parte di mappa mostrata prima</translation>
    </message>
    <message>
        <source>Ne&amp;xt view</source>
        <translation>Vista s&amp;uccessiva</translation>
    </message>
    <message>
        <source>Show the part of the map that was shown after it</source>
        <translation>Passa alla parte di mappa mostrata dopo</translation>
    </message>
    <message>
        <source>&amp;Bookmarks…</source>
        <translation>Seg&amp;nalibri…</translation>
    </message>
    <message>
        <source>Go to a named view, or give the present one a name</source>
        <translation>Vai a una vista con nome, o dai un nome a quella attuale</translation>
    </message>
    <message>
        <source>O&amp;verview</source>
        <translation>&amp;Quadro d’insieme</translation>
    </message>
    <message>
        <source>Show where the view lies, in the corner of the map</source>
        <translation>Mostra nell’angolo della mappa dove si trova la vista</translation>
    </message>
    <message>
        <source>&amp;Tables</source>
        <translation>T&amp;abelle</translation>
    </message>
    <message>
        <source>Show the table of what is selected</source>
        <translation>Mostra la tabella degli elementi selezionati</translation>
    </message>
    <message>
        <source>Draw map tiles of a file or a server below the layers</source>
        <translation>Disegna sotto i livelli i tasselli di un file o di un server</translation>
    </message>
    <message>
        <source>Stay off the net&amp;work</source>
        <translation>N&amp;on usare la rete</translation>
    </message>
    <message>
        <source>Never ask a server for anything</source>
        <translation>Non chiedere mai nulla a un server</translation>
    </message>
    <message>
        <source>&amp;Print the map…</source>
        <translation>Sta&amp;mpa la mappa…</translation>
    </message>
    <message>
        <source>Write the view with title, legend and scale bar to a file</source>
        <translation>Scrive in un file la vista con titolo, legenda e scala grafica</translation>
    </message>
    <message>
        <source>&amp;Reset window layout</source>
        <translation>&amp;Ripristina disposizione</translation>
    </message>
    <message>
        <source>Put every panel back to its place</source>
        <translation>Rimette ogni pannello al suo posto</translation>
    </message>
    <message>
        <source>&amp;New plan</source>
        <translation>&amp;Nuovo piano</translation>
    </message>
    <message>
        <source>Connect sites to the network at least cost</source>
        <translation>Collega le sedi alla rete al minimo costo</translation>
    </message>
    <message>
        <source>Drag a route and see length, cost and loss change</source>
        <translation>Trascinare un tracciato e vedere cambiare lunghezza, costo e attenuazione</translation>
    </message>
    <message>
        <source>Make the plan anew around what is locked</source>
        <translation>Ricalcola il piano attorno a ciò che è bloccato</translation>
    </message>
    <message>
        <source>Copy the plan with all its sections as a new draft</source>
        <translation>Copia il piano con tutte le sue tratte come nuova bozza</translation>
    </message>
    <message>
        <source>Route &amp;by hand</source>
        <translation>&amp;Tracciato a mano</translation>
    </message>
    <message>
        <source>Plan aga&amp;in</source>
        <translation>Ricalcola il piano</translation>
    </message>
    <message>
        <source>Dup&amp;licate plan</source>
        <translation>D&amp;uplica piano</translation>
    </message>
    <message>
        <source>C&amp;ompare plans</source>
        <translation>Con&amp;fronta piani</translation>
    </message>
    <message>
        <source>Plans side by side, and laid over one another on the map</source>
        <translation>I piani affiancati, e sovrapposti sulla mappa</translation>
    </message>
    <message>
        <source>&amp;Accept plan</source>
        <translation>&amp;Accetta piano</translation>
    </message>
    <message>
        <source>Make the plan part of the network, as one undo step</source>
        <translation>Integra il piano nella rete, con un’unica operazione annullabile</translation>
    </message>
    <message>
        <source>&amp;Delete plan</source>
        <translation>&amp;Elimina piano</translation>
    </message>
    <message>
        <source>Delete the plan; the network stays as it is</source>
        <translation>Elimina il piano; la rete resta invariata</translation>
    </message>
    <message>
        <source>E&amp;xplain plan</source>
        <translation>&amp;Spiega il piano</translation>
    </message>
    <message>
        <source>Say what sites really cost and what could be built instead</source>
        <translation>Dice quanto costano davvero le sedi e che cosa si potrebbe costruire in alternativa</translation>
    </message>
    <message>
        <source>Analyse &amp;redundancy</source>
        <translation>Analizza &amp;ridondanza</translation>
    </message>
    <message>
        <source>Find spans and nodes whose failure cuts sites off</source>
        <translation>Trova tratte e nodi il cui guasto isola delle sedi</translation>
    </message>
    <message>
        <source>C&amp;ut what is selected</source>
        <translation>Taglia ciò c&amp;he è selezionato</translation>
    </message>
    <message>
        <source>Let the selected spans and nodes fail, all at once</source>
        <translation>Simula il guasto simultaneo delle tratte e dei nodi selezionati</translation>
    </message>
    <message>
        <source>A&amp;vailability of sites</source>
        <translation>&amp;Disponibilità delle sedi</translation>
    </message>
    <message>
        <source>Minutes a year for which each site is expected to be dark</source>
        <translation>Minuti all’anno in cui ogni sede è attesa senza servizio</translation>
    </message>
    <message>
        <source>&amp;Measures by cost per minute</source>
        <translation>&amp;Interventi per costo al minuto</translation>
    </message>
    <message>
        <source>What could be built to shorten outages</source>
        <translation>Che cosa si potrebbe costruire per accorciare i fermi</translation>
    </message>
    <message>
        <source>Risk &amp;groups</source>
        <translation>&amp;Gruppi di rischio</translation>
    </message>
    <message>
        <source>What one event takes down together, and why</source>
        <translation>Che cosa un solo evento interrompe insieme, e perché</translation>
    </message>
    <message>
        <source>&amp;Two routes of a site</source>
        <translation>Due percorsi di una sede</translation>
    </message>
    <message>
        <source>Two routes that share no span, node or risk</source>
        <translation>Due percorsi senza tratte, nodi o rischi in comune</translation>
    </message>
    <message>
        <source>&amp;Check the data</source>
        <translation>&amp;Controlla i dati</translation>
    </message>
    <message>
        <source>Look for gaps, duplicates and other faults in the data</source>
        <translation>Cerca lacune, duplicati e altri difetti nei dati</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>&amp;Lavori</translation>
    </message>
    <message>
        <source>What is being computed, how far it is, and what is done</source>
        <translation>Che cosa è in calcolo, a che punto è, e che cosa è finito</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>&amp;Trova un comando…</translation>
    </message>
    <message>
        <source>Run any command by typing a part of its name</source>
        <translation>Esegui un comando scrivendo parte del suo nome</translation>
    </message>
    <message>
        <source>&amp;Handbook</source>
        <translation>&amp;Manuale</translation>
    </message>
    <message>
        <source>Open the handbook at the page of what you are working in</source>
        <translation>Apre il manuale alla pagina di ciò su cui si sta lavorando</translation>
    </message>
    <message>
        <source>&amp;Shortcuts and first steps</source>
        <translation>&amp;Scorciatoie e primi passi</translation>
    </message>
    <message>
        <source>Show what the keys do and how to begin</source>
        <translation>Mostra le scorciatoie da tastiera e come iniziare</translation>
    </message>
    <message>
        <source>&amp;What is this?</source>
        <translation>&amp;Che cos’è?</translation>
    </message>
    <message>
        <source>Click something to read what it is for</source>
        <translation>Un clic su un elemento ne spiega l’uso</translation>
    </message>
    <message>
        <source>&amp;About Anello</source>
        <translation>&amp;Informazioni su Anello</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Versione e licenza</translation>
    </message>
    <message>
        <source>Move and resha&amp;pe</source>
        <translation>S&amp;posta e rimodella</translation>
    </message>
    <message>
        <source>Drag nodes, sites and vertices; drag a line to bend it; Delete removes</source>
        <translation>Trascina nodi, sedi e vertici; trascina una linea per piegarla; Canc elimina un vertice</translation>
    </message>
    <message>
        <source>Draw a &amp;span</source>
        <translation>Disegna una &amp;tratta</translation>
    </message>
    <message>
        <source>Click along the way; Enter ends, Backspace takes back</source>
        <translation>Fai clic lungo il percorso; Invio conclude, Backspace torna indietro</translation>
    </message>
    <message>
        <source>Draw a n&amp;ode</source>
        <translation>Disegna un &amp;nodo</translation>
    </message>
    <message>
        <source>Click where the node is; on a span it splits that</source>
        <translation>Fai clic dove sta il nodo; su una tratta la divide</translation>
    </message>
    <message>
        <source>Draw a si&amp;te</source>
        <translation>Disegna una &amp;sede</translation>
    </message>
    <message>
        <source>Click where the site is</source>
        <translation>Fai clic dove sta la sede</translation>
    </message>
    <message>
        <source>Draw a condu&amp;it</source>
        <translation>Disegna un &amp;cavidotto</translation>
    </message>
    <message>
        <source>Click along the duct or sewer; Enter ends</source>
        <translation>Fai clic lungo la tubazione o la fognatura; Invio conclude</translation>
    </message>
    <message>
        <source>Draw a &amp;barrier</source>
        <translation>Disegna una &amp;barriera</translation>
    </message>
    <message>
        <source>Click along it; a click on the first place makes an area</source>
        <translation>Fai clic lungo la barriera; un clic sul primo punto ne fa un’area</translation>
    </message>
    <message>
        <source>Draw a &amp;hazard area</source>
        <translation>Disegna un’area di p&amp;ericolo</translation>
    </message>
    <message>
        <source>Click around the area; Enter ends</source>
        <translation>Fai clic intorno all’area; Invio conclude</translation>
    </message>
    <message>
        <source>Sp&amp;lit a span</source>
        <translation>Di&amp;vidi una tratta</translation>
    </message>
    <message>
        <source>Click on a span: a node divides it there</source>
        <translation>Fai clic su una tratta: un nodo la divide lì</translation>
    </message>
    <message>
        <source>Dra&amp;w over</source>
        <translation>&amp;Ricalca</translation>
    </message>
    <message>
        <source>Draw across a line or area: it follows the new line</source>
        <translation>Traccia attraverso una linea o un’area: seguirà la nuova linea</translation>
    </message>
    <message>
        <source>&amp;Merge nodes</source>
        <translation>&amp;Unisci nodi</translation>
    </message>
    <message>
        <source>Click the node that stays, then the one that goes into it</source>
        <translation>Fai clic sul nodo che resta, poi su quello che vi confluisce</translation>
    </message>
    <message>
        <source>&amp;Join two spans</source>
        <translation>Con&amp;giungi due tratte</translation>
    </message>
    <message>
        <source>Make one of two selected spans that meet at a node</source>
        <translation>Fai una sola tratta delle due selezionate che si incontrano in un nodo</translation>
    </message>
    <message>
        <source>Re&amp;verse spans</source>
        <translation>&amp;Inverti tratte</translation>
    </message>
    <message>
        <source>Let the selected spans begin where they end</source>
        <translation>Fa’ partire le tratte selezionate da dove finiscono</translation>
    </message>
    <message>
        <source>Tie loose en&amp;ds…</source>
        <translation>Collega capi &amp;liberi…</translation>
    </message>
    <message>
        <source>Join ends of spans that nearly touch a node or a span</source>
        <translation>Unisci i capi delle tratte che quasi toccano un nodo o una tratta</translation>
    </message>
    <message>
        <source>De&amp;lete selection…</source>
        <translation>E&amp;limina selezione…</translation>
    </message>
    <message>
        <source>Delete what is selected; what goes along is told before</source>
        <translation>Elimina ciò che è selezionato; prima dice che cosa va con esso</translation>
    </message>
    <message>
        <source>&amp;Follow streets or ducts</source>
        <translation>Segui str&amp;ade o cavidotti</translation>
    </message>
    <message>
        <source>Drawn lines follow streets, or ducts with room; Shift turns it</source>
        <translation>Le linee disegnate seguono le strade, o i cavidotti con posto; Maiusc inverte la scelta</translation>
    </message>
    <message>
        <source>S&amp;nap</source>
        <translation>Agganci&amp;o</translation>
    </message>
    <message>
        <source>The pointer snaps to nodes, vertices and lines; Ctrl not</source>
        <translation>Il puntatore si aggancia a nodi, vertici e linee; con Ctrl no</translation>
    </message>
    <message>
        <source>Drawing p&amp;anel</source>
        <translation>Pannello &amp;disegno</translation>
    </message>
    <message>
        <source>What new objects are like, and to what the pointer snaps</source>
        <translation>Come sono i nuovi oggetti e a che cosa si aggancia il puntatore</translation>
    </message>
    <message>
        <source>&amp;Prices</source>
        <translation>&amp;Prezzi</translation>
    </message>
    <message>
        <source>Price lists, their versions and items, and the cost rules</source>
        <translation>Elenchi prezzi, loro versioni e voci, e le regole di costo</translation>
    </message>
    <message>
        <source>Revi&amp;ew</source>
        <translation>&amp;Verifica</translation>
    </message>
    <message>
        <source>Submit, approve or reject plans; revisions and remarks</source>
        <translation>Presentare, approvare o respingere piani; revisioni e osservazioni</translation>
    </message>
    <message>
        <source>Add a remar&amp;k</source>
        <translation>Aggiungi &amp;osservazione</translation>
    </message>
    <message>
        <source>Remark on what is selected, or on the plan</source>
        <translation>Osservazione su ciò che è selezionato, o sul piano</translation>
    </message>
    <message>
        <source>Import remark&amp;s</source>
        <translation>I&amp;mporta osservazioni</translation>
    </message>
    <message>
        <source>Take in remarks written in an exported file</source>
        <translation>Acquisisce le osservazioni scritte in un file esportato</translation>
    </message>
</context>
<context>
    <name>codes</name>
    <message>
        <source>years</source>
        <translation>anni</translation>
    </message>
    <message>
        <source>cables</source>
        <translation>cavi</translation>
    </message>
    <message>
        <source>fibres</source>
        <translation>fibre</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sì</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Accettato</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protezione</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Limite di tempo</translation>
    </message>
    <message>
        <source>Stop at a gap of</source>
        <translation>Fermarsi a uno scarto di</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seme casuale</translation>
    </message>
    <message>
        <source>Starts from what is</source>
        <translation>Parte da ciò che è</translation>
    </message>
    <message>
        <source>Closes gaps of streets up to</source>
        <translation>Chiude interruzioni delle vie fino a</translation>
    </message>
    <message>
        <source>Joins the network up to</source>
        <translation>Si collega alla rete fino a</translation>
    </message>
    <message>
        <source>Longest lead-in</source>
        <translation>Allacciamento massimo</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Elenco prezzi</translation>
    </message>
    <message>
        <source>Replaces a draft of the same name</source>
        <translation>Sostituisce una bozza con lo stesso nome</translation>
    </message>
    <message>
        <source>Must be used</source>
        <translation>Da usare</translation>
    </message>
    <message>
        <source>To be avoided</source>
        <translation>Da evitare</translation>
    </message>
    <message>
        <source>Kept as planned</source>
        <translation>Da mantenere</translation>
    </message>
    <message>
        <source>To be passed</source>
        <translation>Da attraversare</translation>
    </message>
    <message>
        <source>Only by</source>
        <translation>Solo con</translation>
    </message>
    <message>
        <source>Not by</source>
        <translation>Non con</translation>
    </message>
    <message>
        <source>Hubs that count</source>
        <translation>Hub considerati</translation>
    </message>
    <message>
        <source>Fixed hub of sites</source>
        <translation>Hub assegnato alle sedi</translation>
    </message>
    <message>
        <source>Longest route to the hub</source>
        <translation>Percorso massimo fino all’hub</translation>
    </message>
    <message>
        <source>Routes that are longer</source>
        <translation>Percorsi più lunghi</translation>
    </message>
    <message>
        <source>Sites may be left out</source>
        <translation>Sedi che si possono escludere</translation>
    </message>
    <message>
        <source>Worth of a site</source>
        <translation>Valore di una sede</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Within the budget</source>
        <translation>Entro il budget</translation>
    </message>
    <message>
        <source>ruled out</source>
        <translation>esclusi</translation>
    </message>
    <message>
        <source>told</source>
        <translation>segnalati</translation>
    </message>
    <message>
        <source>most sites</source>
        <translation>più sedi possibile</translation>
    </message>
    <message>
        <source>most worth</source>
        <translation>più valore possibile</translation>
    </message>
    <message>
        <source>most urgent sites</source>
        <translation>le sedi più urgenti</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>%1 sites</source>
        <translation>%1 sedi</translation>
    </message>
    <message>
        <source>day/month/year</source>
        <translation>giorno/mese/anno</translation>
    </message>
    <message>
        <source>% a year</source>
        <translation>% annuo</translation>
    </message>
    <message>
        <source>months</source>
        <translation>mesi</translation>
    </message>
    <message>
        <source>days</source>
        <translation>giorni</translation>
    </message>
    <message>
        <source>m a day</source>
        <translation>m al giorno</translation>
    </message>
    <message>
        <source>€ per m and year</source>
        <translation>€ al m e anno</translation>
    </message>
    <message>
        <source>€ a year</source>
        <translation>€ all’anno</translation>
    </message>
    <message>
        <source>Cost summary</source>
        <translation>Quadro economico</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Manutenzione</translation>
    </message>
    <message>
        <source>Wayleave</source>
        <translation>Canoni</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Energia</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Licenze</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Durata</translation>
    </message>
    <message>
        <source>Construction</source>
        <translation>Lavori</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>added</source>
        <translation>aggiunto</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>tolto</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>modificato</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>Tracciato</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Extension plan of the public fibre network</source>
        <translation>Piano di estensione della rete pubblica in fibra ottica</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Inquadramento</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Piano</translation>
    </message>
    <message>
        <source>Existing network</source>
        <translation>Rete esistente</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>Sfondo</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Scala</translation>
    </message>
    <message>
        <source>Grid north</source>
        <translation>Nord rete</translation>
    </message>
    <message>
        <source>Coordinate system</source>
        <translation>Sistema di riferimento</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Autore</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Progetto</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Organisation</source>
        <translation>Ente</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Fonti</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Pagina</translation>
    </message>
    <message>
        <source>Diversity report</source>
        <translation>Relazione sulla diversità dei percorsi</translation>
    </message>
    <message>
        <source>Route 1</source>
        <translation>Percorso 1</translation>
    </message>
    <message>
        <source>Route 2</source>
        <translation>Percorso 2</translation>
    </message>
    <message>
        <source>of which new</source>
        <translation>di cui nuovo</translation>
    </message>
    <message>
        <source>Existing spans</source>
        <translation>Tratte esistenti</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>Termina a</translation>
    </message>
    <message>
        <source>Optical loss at {nm} nm</source>
        <translation>Perdita ottica a {nm} nm</translation>
    </message>
    <message>
        <source>Availability of what it has alone</source>
        <translation>Disponibilità della parte propria</translation>
    </message>
    <message>
        <source>What both routes depend on</source>
        <translation>Da che cosa dipendono entrambi i percorsi</translation>
    </message>
    <message>
        <source>Nothing was found that both routes depend on.</source>
        <translation>Non è stato trovato nulla da cui dipendano entrambi i percorsi.</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>e altri {count}</translation>
    </message>
    <message>
        <source>exempt</source>
        <translation>non considerato</translation>
    </message>
    <message>
        <source>Smallest separation</source>
        <translation>Distanza minima</translation>
    </message>
    <message>
        <source>outside {distance} of site and ends</source>
        <translation>oltre {distance} da sede ed estremi</translation>
    </message>
    <message>
        <source>Availability of both</source>
        <translation>Disponibilità complessiva</translation>
    </message>
    <message>
        <source>{minutes} minutes a year, {common} of them shared</source>
        <translation>{minutes} minuti all’anno, di cui {common} per le parti comuni</translation>
    </message>
    <message>
        <source>New construction, VAT excluded</source>
        <translation>Nuove opere, IVA esclusa</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>da {low} a {high}</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>In comune</translation>
    </message>
    <message>
        <source>Longer route</source>
        <translation>Percorso più lungo</translation>
    </message>
    <message>
        <source>the shorter one {length}</source>
        <translation>il più corto {length}</translation>
    </message>
    <message>
        <source>{count} objects</source>
        <translation>{count} oggetti</translation>
    </message>
    <message>
        <source>Detail, scale 1:{scale}</source>
        <translation>Particolare, scala 1:{scale}</translation>
    </message>
    <message>
        <source>Detail of what both routes share, or of where they come closest.</source>
        <translation>Particolare delle parti comuni o del punto in cui i percorsi sono più vicini.</translation>
    </message>
    <message>
        <source>Gap {gap}</source>
        <translation>Scarto {gap}</translation>
    </message>
    <message>
        <source>existing</source>
        <translation>esistente</translation>
    </message>
    <message>
        <source>new</source>
        <translation>nuovo</translation>
    </message>
    <message>
        <source>shared, numbered as in the list</source>
        <translation>in comune, numerato come nell’elenco</translation>
    </message>
    <message>
        <source>smallest separation</source>
        <translation>distanza minima</translation>
    </message>
    <message>
        <source>of</source>
        <translation>di</translation>
    </message>
    <message>
        <source>Map of both routes of {name}; the tables beside it hold the same content.</source>
        <translation>Mappa dei due percorsi di {name}; le tabelle a fianco contengono le stesse informazioni.</translation>
    </message>
    <message>
        <source>Two routes without a common span</source>
        <translation>Due percorsi senza tratte in comune</translation>
    </message>
    <message>
        <source>Two routes without a common node</source>
        <translation>Due percorsi senza nodi in comune</translation>
    </message>
    <message>
        <source>Two routes without a common risk</source>
        <translation>Due percorsi senza rischi in comune</translation>
    </message>
    <message>
        <source>No two routes without a common span were found</source>
        <translation>Non sono stati trovati due percorsi senza tratte in comune</translation>
    </message>
    <message>
        <source>No two routes without a common node were found</source>
        <translation>Non sono stati trovati due percorsi senza nodi in comune</translation>
    </message>
    <message>
        <source>No two routes without a common risk were found</source>
        <translation>Non sono stati trovati due percorsi senza rischi in comune</translation>
    </message>
    <message>
        <source>In the way: {reason}</source>
        <translation>Ostacolo: {reason}</translation>
    </message>
    <message>
        <source>Availability in closed form with independent failures: storms and shared trenches break this. Rates and repair times are those of the project or shipped figures; planned works are left out.</source>
        <translation>Disponibilità in forma chiusa con guasti indipendenti: maltempo e scavi comuni la smentiscono. Tassi e tempi di ripristino sono del progetto o forniti con il programma; i lavori programmati non sono compresi.</translation>
    </message>
    <message>
        <source>Loss is computed over route lengths with splices at nodes and two connectors; cable slack and splices between reels are not counted. Measured loss goes first.</source>
        <translation>La perdita è calcolata sulle lunghezze del tracciato con giunti ai nodi e due connettori; scorte e giunti tra bobine non sono compresi. La perdita misurata ha la precedenza.</translation>
    </message>
    <message>
        <source>Some failure rates are placeholders without a verified source.</source>
        <translation>Alcuni tassi di guasto sono valori provvisori senza fonte verificata.</translation>
    </message>
    <message>
        <source>{name}: a diversity report is a .pdf with one site at least.</source>
        <translation>{name}: una relazione sulla diversità è un .pdf con almeno una sede.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Sintesi</translation>
    </message>
    <message>
        <source>Cost summary</source>
        <translation>Quadro economico</translation>
    </message>
    <message>
        <source>A. Works</source>
        <translation>A. Lavori</translation>
    </message>
    <message>
        <source>B. Sums at the body&apos;s disposal</source>
        <translation>B. Somme a disposizione</translation>
    </message>
    <message>
        <source>Total A, without VAT</source>
        <translation>Totale A, senza IVA</translation>
    </message>
    <message>
        <source>Total B, with VAT</source>
        <translation>Totale B, con IVA</translation>
    </message>
    <message>
        <source>Total A + B, with VAT</source>
        <translation>Totale A + B, con IVA</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Aliquota</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Works (A1)</source>
        <translation>Lavori (A1)</translation>
    </message>
    <message>
        <source>Works and safety (A)</source>
        <translation>Lavori e sicurezza (A)</translation>
    </message>
    <message>
        <source>Sums at disposal before VAT</source>
        <translation>Somme a disposizione prima dell’IVA</translation>
    </message>
    <message>
        <source>Who pays</source>
        <translation>Chi paga</translation>
    </message>
    <message>
        <source>No body named</source>
        <translation>Nessun ente indicato</translation>
    </message>
    <message>
        <source>Sites share a section</source>
        <translation>Le sedi si dividono una tratta</translation>
    </message>
    <message>
        <source>Likely range</source>
        <translation>Intervallo probabile</translation>
    </message>
    <message>
        <source>What drives the total</source>
        <translation>Che cosa muove il totale</translation>
    </message>
    <message>
        <source>Total if low</source>
        <translation>Totale se basso</translation>
    </message>
    <message>
        <source>Total if high</source>
        <translation>Totale se alto</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenza</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Fasi</translation>
    </message>
    <message>
        <source>Without a year</source>
        <translation>Senza anno</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sedi</translation>
    </message>
    <message>
        <source>Running total, typical</source>
        <translation>Totale progressivo, tipico</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>Alternative</translation>
    </message>
    <message>
        <source>Alternative</source>
        <translation>Alternativa</translation>
    </message>
    <message>
        <source>Not building</source>
        <translation>Non costruire</translation>
    </message>
    <message>
        <source>this plan</source>
        <translation>questo piano</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>Protette</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Non raggiunte</translation>
    </message>
    <message>
        <source>Dug or strung (m)</source>
        <translation>Scavo o posa aerea (m)</translation>
    </message>
    <message>
        <source>In hazard zones (m)</source>
        <translation>In aree di pericolo (m)</translation>
    </message>
    <message>
        <source>Placeholders</source>
        <translation>Valori provvisori</translation>
    </message>
    <message>
        <source>List of placeholders</source>
        <translation>Elenco dei valori provvisori</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Foglio</translation>
    </message>
    <message>
        <source>Index map</source>
        <translation>Quadro d’unione</translation>
    </message>
    <message>
        <source>Blocks after D.Lgs. 36/2023, annex I.7, art. 5. Each amount is its rate times its base, rounded once to the cent. Lines marked * rest on an assumption.</source>
        <translation>Blocchi secondo D.Lgs. 36/2023, allegato I.7, art. 5. Ogni importo è l’aliquota per la base, arrotondato una volta al centesimo. Le voci con * poggiano su un’ipotesi.</translation>
    </message>
    <message>
        <source>Eight of ten draws end between P10 and P90. {draws} draws, seed {seed}: every price item moves on its own between its low and high price (triangular distribution, the typical price most likely). That items move independently is an assumption; common causes widen the range.</source>
        <translation>Otto estrazioni su dieci cadono tra P10 e P90. {draws} estrazioni, seme {seed}: ogni prezzo varia per conto proprio tra il minimo e il massimo (distribuzione triangolare, il prezzo tipico è il più probabile). Che le voci varino in modo indipendente è un’ipotesi; cause comuni allargano l’intervallo.</translation>
    </message>
    <message>
        <source>The total with all prices typical and the price of this item alone low or high.</source>
        <translation>Il totale con tutti i prezzi tipici e solo il prezzo di questa voce basso o alto.</translation>
    </message>
    <message>
        <source>A section is paid by the bodies whose sites need it; what no site needs is paid by the network&apos;s owner. The amounts add up to the bill, without VAT.</source>
        <translation>Una tratta è pagata dagli enti le cui sedi la usano; ciò che nessuna sede usa è pagato dal proprietario della rete. Gli importi danno il computo, senza IVA.</translation>
    </message>
    <message>
        <source>Shared sections are built once, in the first phase that needs them, without VAT.</source>
        <translation>Le tratte comuni si costruiscono una volta, nella prima fase che le richiede, senza IVA.</translation>
    </message>
    <message>
        <source>Plans of this project beside not building, which connects no site. Without VAT.</source>
        <translation>Piani di questo progetto accanto al non costruire, che non collega alcuna sede. Senza IVA.</translation>
    </message>
    <message>
        <source>{count} further items move the total less.</source>
        <translation>Altre {count} voci muovono meno il totale.</translation>
    </message>
    <message>
        <source>{count} further bodies: see the spreadsheet</source>
        <translation>Altri {count} enti: vedere il foglio di calcolo</translation>
    </message>
    <message>
        <source>{count} map sheets at scale 1:{scale} follow; their frames are numbered here.</source>
        <translation>Seguono {count} fogli in scala 1:{scale}; qui i loro riquadri sono numerati.</translation>
    </message>
    <message>
        <source>Map sheet {number} of the plan {name} at scale 1:{scale}.</source>
        <translation>Foglio {number} del piano {name} in scala 1:{scale}.</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>Sede</translation>
    </message>
    <message>
        <source>Sites connected</source>
        <translation>Sedi collegate</translation>
    </message>
    <message>
        <source>Sites not reachable</source>
        <translation>Sedi non raggiungibili</translation>
    </message>
    <message>
        <source>Already connected</source>
        <translation>Già collegata</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Non raggiungibile</translation>
    </message>
    <message>
        <source>Route length</source>
        <translation>Lunghezza tracciato</translation>
    </message>
    <message>
        <source>Route length of the plan</source>
        <translation>Lunghezza dei tracciati del piano</translation>
    </message>
    <message>
        <source>Route to the network (m)</source>
        <translation>Tracciato fino alla rete (m)</translation>
    </message>
    <message>
        <source>Lead-in (m)</source>
        <translation>Raccordo (m)</translation>
    </message>
    <message>
        <source>Cost without VAT</source>
        <translation>Costo, IVA esclusa</translation>
    </message>
    <message>
        <source>Typical cost, VAT excluded</source>
        <translation>Costo tipico, IVA esclusa</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Minimo</translation>
    </message>
    <message>
        <source>Typical</source>
        <translation>Tipico</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Massimo</translation>
    </message>
    <message>
        <source>Objective (optimised lines at typical prices)</source>
        <translation>Obiettivo (voci ottimizzate, prezzi tipici)</translation>
    </message>
    <message>
        <source>Proven lower bound</source>
        <translation>Limite inferiore dimostrato</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>Scarto</translation>
    </message>
    <message>
        <source>No proven bound</source>
        <translation>Nessun limite dimostrato</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Motore di calcolo</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seme casuale</translation>
    </message>
    <message>
        <source>Computing time</source>
        <translation>Tempo di calcolo</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protezione</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parametri</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>N.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Municipality</source>
        <translation>Comune</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Tracciati</translation>
    </message>
    <message>
        <source>Spans by technique and surface; every span is in the spreadsheet and GeoPackage.</source>
        <translation>Tratte per tecnica e pavimentazione; ogni tratta è nel foglio di calcolo e nel GeoPackage.</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>Tecnica</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Pavimentazione</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>Tratte</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Quota</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Strada</translation>
    </message>
    <message>
        <source>Crossings</source>
        <translation>Attraversamenti</translation>
    </message>
    <message>
        <source>Sites served</source>
        <translation>Sedi servite</translation>
    </message>
    <message>
        <source>Length (m)</source>
        <translation>Lunghezza (m)</translation>
    </message>
    <message>
        <source>Bill of quantities</source>
        <translation>Computo metrico estimativo</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descrizione</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unità</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Quantità</translation>
    </message>
    <message>
        <source>Unit price (€)</source>
        <translation>Prezzo unitario (€)</translation>
    </message>
    <message>
        <source>Amount (€)</source>
        <translation>Importo (€)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Indice</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Committente</translation>
    </message>
    <message>
        <source>Language of the document</source>
        <translation>Lingua del documento</translation>
    </message>
    <message>
        <source>State of the review</source>
        <translation>Stato della revisione</translation>
    </message>
    <message>
        <source>Fingerprint of the revision</source>
        <translation>Impronta della revisione</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisione</translation>
    </message>
    <message>
        <source>Prepared by</source>
        <translation>Redatto da</translation>
    </message>
    <message>
        <source>Checked by</source>
        <translation>Verificato da</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>Approvato da</translation>
    </message>
    <message>
        <source>Name, date, signature</source>
        <translation>Nome, data, firma</translation>
    </message>
    <message>
        <source>Bill by chapter</source>
        <translation>Computo per capitoli</translation>
    </message>
    <message>
        <source>Chapter</source>
        <translation>Capitolo</translation>
    </message>
    <message>
        <source>Map by phase</source>
        <translation>Carta per fasi</translation>
    </message>
    <message>
        <source>Time plan</source>
        <translation>Cronoprogramma</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>Fase</translation>
    </message>
    <message>
        <source>Sites by phase</source>
        <translation>Sedi per fase</translation>
    </message>
    <message>
        <source>Diversity of the routes</source>
        <translation>Diversificazione dei percorsi</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Esito</translation>
    </message>
    <message>
        <source>Smallest separation (m)</source>
        <translation>Distanza minima (m)</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>Disponibilità</translation>
    </message>
    <message>
        <source>Remarks of the review</source>
        <translation>Osservazioni della revisione</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Osservazione</translation>
    </message>
    <message>
        <source>Costs over the life of the plan</source>
        <translation>Costi nella vita utile del piano</translation>
    </message>
    <message>
        <source>Works (bill)</source>
        <translation>Lavori (computo)</translation>
    </message>
    <message>
        <source>Running costs, present value</source>
        <translation>Costi di esercizio, valore attuale</translation>
    </message>
    <message>
        <source>Renewals, present value</source>
        <translation>Rinnovi, valore attuale</translation>
    </message>
    <message>
        <source>Residual value, present value</source>
        <translation>Valore residuo, valore attuale</translation>
    </message>
    <message>
        <source>Present value of all costs</source>
        <translation>Valore attuale di tutti i costi</translation>
    </message>
    <message>
        <source>Running costs of a year</source>
        <translation>Costi di esercizio di un anno</translation>
    </message>
    <message>
        <source>Equal yearly payment</source>
        <translation>Rata annua costante</translation>
    </message>
    <message>
        <source>Yearly payment for each site</source>
        <translation>Rata annua per sede</translation>
    </message>
    <message>
        <source>Yearly payment for each guaranteed Mbit/s</source>
        <translation>Rata annua per Mbit/s garantito</translation>
    </message>
    <message>
        <source>Yearly payment for each resident</source>
        <translation>Rata annua per residente</translation>
    </message>
    <message>
        <source>Running costs</source>
        <translation>Costi di esercizio</translation>
    </message>
    <message>
        <source>Renewals</source>
        <translation>Rinnovi</translation>
    </message>
    <message>
        <source>Life (years)</source>
        <translation>Vita (anni)</translation>
    </message>
    <message>
        <source>Renewed after years</source>
        <translation>Rinnovo dopo anni</translation>
    </message>
    <message>
        <source>Rest at the end</source>
        <translation>Valore alla fine</translation>
    </message>
    <message>
        <source>Yearly contributions</source>
        <translation>Contributi annui</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Chiave di riparto</translation>
    </message>
    <message>
        <source>A year (€)</source>
        <translation>All’anno (€)</translation>
    </message>
    <message>
        <source>Not shared out: no key is known</source>
        <translation>Non ripartito: chiave non nota</translation>
    </message>
    <message>
        <source>Fixed amounts beyond the sum</source>
        <translation>Quote fisse oltre la somma</translation>
    </message>
    <message>
        <source>Funding by phase</source>
        <translation>Finanziamenti per fase</translation>
    </message>
    <message>
        <source>Funding</source>
        <translation>Finanziamento</translation>
    </message>
    <message>
        <source>Available (€)</source>
        <translation>Disponibile (€)</translation>
    </message>
    <message>
        <source>Left (€)</source>
        <translation>Residuo (€)</translation>
    </message>
    <message>
        <source>Not covered</source>
        <translation>Non coperto</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>Criterio</translation>
    </message>
    <message>
        <source>Built once for both routes of a site (m)</source>
        <translation>Costruito una volta per i due percorsi di una sede (m)</translation>
    </message>
    <message>
        <source>Without another way in service (m)</source>
        <translation>Senza altra via in esercizio (m)</translation>
    </message>
    <message>
        <source>Without service, minutes a year for each site</source>
        <translation>Fuori servizio, minuti all’anno per sede</translation>
    </message>
    <message>
        <source>Months until service</source>
        <translation>Mesi fino all’attivazione</translation>
    </message>
    <message>
        <source>Low to high cost, VAT excluded</source>
        <translation>Costo da minimo a massimo, IVA esclusa</translation>
    </message>
    <message>
        <source>Cost not exceeded in nine of ten cases (P90)</source>
        <translation>Costo non superato in nove casi su dieci (P90)</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>Cerca per nome</translation>
    </message>
    <message>
        <source>Nothing has this name.</source>
        <translation>Niente porta questo nome.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valore</translation>
    </message>
    <message>
        <source>No. {number}, submitted on {day} by {who}</source>
        <translation>N. {number}, consegnata il {day} da {who}</translation>
    </message>
    <message>
        <source>{state}, since {day}, by {who}</source>
        <translation>{state}, dal {day}, a cura di {who}</translation>
    </message>
    <message>
        <source>{state} on {day} by {who}</source>
        <translation>{state} il {day} da {who}</translation>
    </message>
    <message>
        <source>{name}, prices of {year}</source>
        <translation>{name}, prezzi del {year}</translation>
    </message>
    <message>
        <source>{name}, version {version}, prices of {year}</source>
        <translation>{name}, versione {version}, prezzi del {year}</translation>
    </message>
    <message>
        <source>Map of the plan {name} at scale 1:{scale}, its routes coloured by the year of their phase. The table of phases holds the same content.</source>
        <translation>Carta del piano {name} in scala 1:{scale}, con i tracciati colorati secondo l’anno della fase. La tabella delle fasi ha lo stesso contenuto.</translation>
    </message>
    <message>
        <source>The plan is taken as built: both routes of each site run over the plan and the network in service to a hub, without further construction. What they still share is listed.</source>
        <translation>Il piano si considera costruito: i due percorsi di ogni sede corrono sul piano e sulla rete in esercizio fino a un hub, senza altre opere. È elencato ciò che hanno ancora in comune.</translation>
    </message>
    <message>
        <source>Without a route to a hub: {names}.</source>
        <translation>Senza percorso fino a un hub: {names}.</translation>
    </message>
    <message>
        <source>Present value: works at once, running costs and renewals in their years, less what is left at the end. Without VAT, prices of today. Figures marked * rest on an assumption.</source>
        <translation>Valore attuale: lavori subito, costi di esercizio e rinnovi nei loro anni, meno il valore che resta alla fine. IVA esclusa, prezzi di oggi. I valori con * poggiano su un’ipotesi.</translation>
    </message>
    <message>
        <source>Horizon {years} years, discount rate {rate}, inflation {inflation}. {share} of the present value rests on assumptions.</source>
        <translation>Orizzonte {years} anni, tasso di sconto {rate}, inflazione {inflation}. Il {share} del valore attuale poggia su ipotesi.</translation>
    </message>
    <message>
        <source>Bodies with an agreement in force share the running costs of a year by the key of their agreement; fixed amounts come first. Amounts add up to the sum to the cent.</source>
        <translation>Gli enti con convenzione in vigore si ripartiscono i costi di esercizio di un anno secondo la chiave della convenzione; prima vengono le quote fisse. Gli importi danno la somma al centesimo.</translation>
    </message>
    <message>
        <source>Sum to be shared: {amount} a year.</source>
        <translation>Somma da ripartire: {amount} all’anno.</translation>
    </message>
    <message>
        <source>What each phase takes of each programme at typical prices, VAT excluded; the uses and what is not covered add up to the phase. Amounts marked * rest on an assumption.</source>
        <translation>Quanto ogni fase preleva da ogni programma a prezzi tipici, IVA esclusa; prelievi e parte non coperta danno il costo della fase. Gli importi con * poggiano su un’ipotesi.</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Fonte</translation>
    </message>
    <message>
        <source>Price year</source>
        <translation>Anno del prezzo</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Oggetti</translation>
    </message>
    <message>
        <source>Placeholder</source>
        <translation>Indicativo</translation>
    </message>
    <message>
        <source>Share of the typical total that rests on placeholder prices (*)</source>
        <translation>Quota del totale tipico a prezzi indicativi (*)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Totale</translation>
    </message>
    <message>
        <source>Total of the optimised lines</source>
        <translation>Totale delle voci ottimizzate</translation>
    </message>
    <message>
        <source>Total of the derived lines</source>
        <translation>Totale delle voci derivate</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Segnalazioni</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravità</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Segnalazione</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Che cosa fare</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regola</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>Nessuna segnalazione.</translation>
    </message>
    <message>
        <source>Sources and assumptions</source>
        <translation>Fonti e ipotesi</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Dati</translation>
    </message>
    <message>
        <source>How the plan was found</source>
        <translation>Come è stato calcolato il piano</translation>
    </message>
    <message>
        <source>Sites not reachable, and why</source>
        <translation>Sedi non raggiungibili e motivo</translation>
    </message>
    <message>
        <source>Sites connected, by this plan or before</source>
        <translation>Sedi collegate, da questo piano o già prima</translation>
    </message>
    <message>
        <source>Routes by street</source>
        <translation>Tracciati per strada</translation>
    </message>
    <message>
        <source>of which at placeholder prices</source>
        <translation>di cui a prezzi indicativi</translation>
    </message>
    <message>
        <source>further sources: see the table</source>
        <translation>altre fonti: vedere la tabella</translation>
    </message>
    <message>
        <source>Sources of the prices</source>
        <translation>Fonti dei prezzi</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Livelli</translation>
    </message>
    <message>
        <source>Show the whole plan</source>
        <translation>Mostra l’intero piano</translation>
    </message>
    <message>
        <source>Typical cost</source>
        <translation>Costo tipico</translation>
    </message>
    <message>
        <source>Out of date: the network, the sites or the prices have changed since the plan.</source>
        <translation>Non aggiornato: la rete, le sedi o i prezzi sono cambiati dopo il calcolo del piano.</translation>
    </message>
    <message>
        <source>Sites of the plan outside this sheet: {count}.</source>
        <translation>Sedi del piano fuori da questa tavola: {count}.</translation>
    </message>
    <message>
        <source>{share} of the typical total rests on placeholder prices, marked *.</source>
        <translation>Prezzi indicativi senza fonte (*): {share} del totale tipico.</translation>
    </message>
    <message>
        <source>The prices are of the years {years}; no index brings them to one year.</source>
        <translation>I prezzi sono degli anni {years}; nessun indice li riporta a un solo anno.</translation>
    </message>
    <message>
        <source>No price in this bill is a placeholder.</source>
        <translation>Nessun prezzo di questo computo è indicativo.</translation>
    </message>
    <message>
        <source>Amounts are in euro, as low, typical and high, without VAT; the cost summary states its VAT.</source>
        <translation>Gli importi sono in euro, minimo, tipico e massimo, senza IVA; il quadro economico indica la propria IVA.</translation>
    </message>
    <message>
        <source>Optimised lines are those that the search knew; a proven gap holds for them alone. Derived lines follow from the result.</source>
        <translation>Le voci ottimizzate sono quelle considerate dalla ricerca; lo scarto dimostrato vale solo per esse. Le voci derivate discendono dal risultato.</translation>
    </message>
    <message>
        <source>Lengths are route lengths on the ellipsoid. Cable and fibre are longer and are not added to them.</source>
        <translation>Le lunghezze sono quelle dei tracciati, misurate sull’ellissoide. Cavo e fibra sono più lunghi e non vi sono sommati.</translation>
    </message>
    <message>
        <source>The plan is a proposal: utilities, permits and ground must be surveyed before works.</source>
        <translation>Il piano è una proposta: sottoservizi, permessi e terreno vanno verificati prima dei lavori.</translation>
    </message>
    <message>
        <source>{option} wants name=value, not “{item}”</source>
        <translation>{option} richiede nome=valore, non «{item}»</translation>
    </message>
    <message>
        <source>{option}: “{value}” is none of {choices}</source>
        <translation>{option}: «{value}» non è tra i valori ammessi: {choices}</translation>
    </message>
    <message>
        <source>{option} is needed</source>
        <translation>{option} è obbligatorio</translation>
    </message>
    <message>
        <source>{path} is being written by another program; try again in a moment</source>
        <translation>{path} è in scrittura da parte di un altro programma; riprovare tra poco</translation>
    </message>
    <message>
        <source>The disk is full; {path} is unchanged</source>
        <translation>Il disco è pieno; {path} è rimasto invariato</translation>
    </message>
    <message>
        <source>{path} cannot be written; open it read-only or a copy</source>
        <translation>{path} non è scrivibile; aprirlo in sola lettura o aprirne una copia</translation>
    </message>
    <message>
        <source>{path} cannot be opened</source>
        <translation>Impossibile aprire {path}</translation>
    </message>
    <message>
        <source>{path} is damaged: {detail}. Go back to a checkpoint or a copy</source>
        <translation>{path} è danneggiato: {detail}. Tornare a un punto di ripristino o a una copia</translation>
    </message>
    <message>
        <source>{path} is not an Anello project</source>
        <translation>{path} non è un progetto di Anello</translation>
    </message>
    <message>
        <source>{path} could not be read or written: {detail}</source>
        <translation>Impossibile leggere o scrivere {path}: {detail}</translation>
    </message>
    <message>
        <source>Drawing streets</source>
        <translation>Disegno delle strade</translation>
    </message>
    <message>
        <source>Laying the ring</source>
        <translation>Tracciamento dell’anello</translation>
    </message>
    <message>
        <source>Connecting sites</source>
        <translation>Collegamento delle sedi</translation>
    </message>
    <message>
        <source>{name} cannot be exported: the name must end in one of {suffixes}.</source>
        <translation>Impossibile esportare {name}: il nome deve terminare con uno tra {suffixes}.</translation>
    </message>
    <message>
        <source>There is no such plan.</source>
        <translation>Il piano non esiste.</translation>
    </message>
    <message>
        <source>Map of the plan {name} at scale 1:{scale}: planned spans, sites and the existing network. The tables that follow hold the same content.</source>
        <translation>Mappa del piano {name} in scala 1:{scale}: tratte pianificate, sedi e rete esistente. Le tabelle che seguono riportano lo stesso contenuto.</translation>
    </message>
    <message>
        <source>Overview of the network with the extent of the map.</source>
        <translation>Inquadramento della rete con l’estensione della mappa.</translation>
    </message>
    <message>
        <source>{name} is a project; an export needs another name</source>
        <translation>{name} è un progetto; per l’esportazione serve un altro nome</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist.</source>
        <translation>La cartella {folder} non esiste.</translation>
    </message>
    <message>
        <source>{path} is a folder; give the name of a file.</source>
        <translation>{path} è una cartella; indicare il nome di un file.</translation>
    </message>
    <message>
        <source>{path} cannot be written: it is open in another program, or you may not write there. Close it, or choose another name.</source>
        <translation>Impossibile scrivere {path}: è aperto in un altro programma oppure mancano i permessi di scrittura. Chiuderlo o scegliere un altro nome.</translation>
    </message>
    <message>
        <source>{path} was not written: the disk is full. The file is as it was before.</source>
        <translation>{path} non è stato scritto: il disco è pieno. Il file è rimasto come prima.</translation>
    </message>
    <message>
        <source>{path} was not written ({reason}). The file is as it was before.</source>
        <translation>{path} non è stato scritto ({reason}). Il file è rimasto come prima.</translation>
    </message>
    <message>
        <source>{path} was not written: reading it back gave something else ({reason}). Is the disk full? The file is as it was before.</source>
        <translation>{path} non è stato scritto: alla rilettura il contenuto era diverso ({reason}). Il disco è pieno? Il file è rimasto come prima.</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Prezzi</translation>
    </message>
    <message>
        <source>{name} lies far away from all others</source>
        <translation>{name} è molto lontano da tutti gli altri</translation>
    </message>
    <message>
        <source>Check the coordinates of the row</source>
        <translation>Controllare le coordinate della riga</translation>
    </message>
    <message>
        <source>{count} objects repeat another one of the file exactly</source>
        <translation>Oggetti identici a un altro del file: {count}</translation>
    </message>
    <message>
        <source>Delete what is twice</source>
        <translation>Eliminare i doppioni</translation>
    </message>
    <message>
        <source>{count} objects of different address have the same coordinates: {names}</source>
        <translation>Oggetti con indirizzo diverso e stesse coordinate: {count} ({names})</translation>
    </message>
    <message>
        <source>Correct the coordinates of all but one of them</source>
        <translation>Correggere le coordinate di tutti tranne uno</translation>
    </message>
    <message>
        <source>{count} objects share {places} places with one another</source>
        <translation>Oggetti nella stessa posizione di altri: {count} (posizioni: {places})</translation>
    </message>
    <message>
        <source>Right if they share a building</source>
        <translation>Corretto se condividono un edificio</translation>
    </message>
    <message>
        <source>{name} lies {distance} m outside {municipality}, in {actual}</source>
        <translation>{name} è a {distance} m da {municipality}; comune effettivo: {actual}</translation>
    </message>
    <message>
        <source>Correct the coordinates or the name of the municipality</source>
        <translation>Correggere le coordinate o il nome del comune</translation>
    </message>
    <message>
        <source>none of the known municipalities</source>
        <translation>nessuno tra quelli noti</translation>
    </message>
    <message>
        <source>{name} lies {distance} km from the others of its municipality ({town})</source>
        <translation>{name} è a {distance} km dagli altri del suo comune ({town})</translation>
    </message>
    <message>
        <source>Import the municipalities as areas for an exact test, and import again</source>
        <translation>Per un controllo esatto importare i comuni come aree e ripetere l’importazione</translation>
    </message>
    <message>
        <source>{count} objects lie outside all municipalities of the project: {names}</source>
        <translation>Oggetti fuori da tutti i comuni del progetto: {count} ({names})</translation>
    </message>
    <message>
        <source>Delete them if they are of no interest, or add the areas</source>
        <translation>Eliminarli se non interessano, oppure aggiungere le aree</translation>
    </message>
    <message>
        <source>{count} more objects have the same problem</source>
        <translation>Altri oggetti con lo stesso problema: {count}</translation>
    </message>
    <message>
        <source>Columns for both coordinates are needed: {fields}</source>
        <translation>Servono le colonne di entrambe le coordinate: {fields}</translation>
    </message>
    <message>
        <source>The row has no coordinates</source>
        <translation>La riga non ha coordinate</translation>
    </message>
    <message>
        <source>{name} does not say in which CRS its coordinates are; give it with --crs, for example --crs EPSG:32632</source>
        <translation>{name} non indica il sistema di riferimento delle coordinate; specificarlo con --crs, ad esempio --crs EPSG:32632</translation>
    </message>
    <message>
        <source>{column}: {value} is no coordinate</source>
        <translation>{column}: {value} non è una coordinata</translation>
    </message>
    <message>
        <source>{value} is no pair of coordinates</source>
        <translation>{value} non è una coppia di coordinate</translation>
    </message>
    <message>
        <source>{value} is no geometry</source>
        <translation>{value} non è una geometria</translation>
    </message>
    <message>
        <source>The row has no geometry</source>
        <translation>La riga non ha geometria</translation>
    </message>
    <message>
        <source>The file {name} does not exist</source>
        <translation>Il file {name} non esiste</translation>
    </message>
    <message>
        <source>{name} is not a file</source>
        <translation>{name} non è un file</translation>
    </message>
    <message>
        <source>The file {name} cannot be read: {reason}</source>
        <translation>Impossibile leggere il file {name}: {reason}</translation>
    </message>
    <message>
        <source>{name} is the open project itself; it cannot be imported into itself</source>
        <translation>{name} è il progetto aperto; non può essere importato in sé stesso</translation>
    </message>
    <message>
        <source>The file {name} is empty</source>
        <translation>Il file {name} è vuoto</translation>
    </message>
    <message>
        <source>{name} is of no format that can be imported (GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML, KMZ, DXF, CSV, XLSX, OpenStreetMap)</source>
        <translation>{name} non è in un formato importabile (GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML, KMZ, DXF, CSV, XLSX, OpenStreetMap)</translation>
    </message>
    <message>
        <source>{name} declares XML entities; such files are refused for safety</source>
        <translation>{name} dichiara entità XML; per sicurezza il file è rifiutato</translation>
    </message>
    <message>
        <source>{name} unpacks to {size_mb} MB, {ratio} times its own size; it is refused for safety</source>
        <translation>{name} decompresso occupa {size_mb} MB, {ratio} volte la sua dimensione; per sicurezza è rifiutato</translation>
    </message>
    <message>
        <source>The archive {name} holds {count} files; it is refused for safety</source>
        <translation>L’archivio {name} contiene {count} file; per sicurezza è rifiutato</translation>
    </message>
    <message>
        <source>The archive {name} holds the unsafe file name {member}</source>
        <translation>L’archivio {name} contiene il nome di file non sicuro {member}</translation>
    </message>
    <message>
        <source>The archive {name} is damaged: {reason}</source>
        <translation>L’archivio {name} è danneggiato: {reason}</translation>
    </message>
    <message>
        <source>The archive {name} must hold exactly one file that can be imported; it holds: {members}</source>
        <translation>L’archivio {name} deve contenere un solo file importabile; contiene: {members}</translation>
    </message>
    <message>
        <source>The Shapefile {name} lacks its companion file with the ending {ending}</source>
        <translation>Allo Shapefile {name} manca il file associato con estensione {ending}</translation>
    </message>
    <message>
        <source>{name} holds no layer that can be imported</source>
        <translation>{name} non contiene livelli importabili</translation>
    </message>
    <message>
        <source>{name} holds several layers; name one of them with --layer: {layers}</source>
        <translation>{name} contiene più livelli; indicarne uno con --layer: {layers}</translation>
    </message>
    <message>
        <source>{name} has no layer {layer}; it has: {layers}</source>
        <translation>{name} non contiene il livello {layer}; contiene: {layers}</translation>
    </message>
    <message>
        <source>{name} cannot be read as {format}: {reason}</source>
        <translation>Impossibile leggere {name} come {format}: {reason}</translation>
    </message>
    <message>
        <source>{name} looks like {format}, but is read as {driver}</source>
        <translation>{name} sembra {format}, ma viene letto come {driver}</translation>
    </message>
    <message>
        <source>{name} holds no rows</source>
        <translation>{name} non contiene righe</translation>
    </message>
    <message>
        <source>{name} has no line of column headings</source>
        <translation>{name} non ha la riga con i nomi delle colonne</translation>
    </message>
    <message>
        <source>{name} has two columns with the heading {heading}</source>
        <translation>{name} ha due colonne di nome {heading}</translation>
    </message>
    <message>
        <source>The text encoding of {name} is not known</source>
        <translation>La codifica del testo di {name} è sconosciuta</translation>
    </message>
    <message>
        <source>{name} is too large to be imported: {size_mb} MB, at most {limit_mb} MB</source>
        <translation>{name} è troppo grande per l’importazione: {size_mb} MB, massimo {limit_mb} MB</translation>
    </message>
    <message>
        <source>Reading {name} was stopped after {seconds} s; the file may be damaged</source>
        <translation>La lettura di {name} è stata interrotta dopo {seconds} s; il file potrebbe essere danneggiato</translation>
    </message>
    <message>
        <source>Reading {name} needs more memory than allowed ({limit_mb} MB)</source>
        <translation>La lettura di {name} richiede più memoria del consentito ({limit_mb} MB)</translation>
    </message>
    <message>
        <source>Reading {name} ended unexpectedly; the file is probably damaged ({reason})</source>
        <translation>La lettura di {name} è terminata in modo imprevisto; probabilmente il file è danneggiato ({reason})</translation>
    </message>
    <message>
        <source>Reading {name} gave an answer that does not hold together ({reason})</source>
        <translation>La lettura di {name} ha dato un risultato incoerente ({reason})</translation>
    </message>
    <message>
        <source>{name} is an OpenStreetMap file: it is imported as streets, barriers or auto, not {target}</source>
        <translation>{name} è un file OpenStreetMap: si importa come streets, barriers o auto, non come {target}</translation>
    </message>
    <message>
        <source>{count} ends of spans lie more than {limit} m from the node they name</source>
        <translation>Estremi di tratte a più di {limit} m dal nodo che indicano: {count}</translation>
    </message>
    <message>
        <source>Move the node or name another</source>
        <translation>Spostare il nodo o indicarne un altro</translation>
    </message>
    <message>
        <source>{count} nodes of type other were made at ends of spans</source>
        <translation>Nodi di tipo «altro» creati agli estremi delle tratte: {count}</translation>
    </message>
    <message>
        <source>Import the nodes first if they exist in a file of their own</source>
        <translation>Importare prima i nodi, se esistono in un file a parte</translation>
    </message>
    <message>
        <source>{count} towers stand in {places} shared places</source>
        <translation>Torri in posizioni condivise: {count} (posizioni: {places})</translation>
    </message>
    <message>
        <source>If they are antennas of one tower, keep one of them</source>
        <translation>Se sono antenne di una sola torre, tenerne una</translation>
    </message>
    <message>
        <source>A plan closes such gaps within its tolerance; mend the source for other uses</source>
        <translation>Il piano chiude questi vuoti entro la sua tolleranza; per altri usi correggere la fonte</translation>
    </message>
    <message>
        <source>{count} ends miss another line by less than {gap} m</source>
        <translation>Estremi che mancano un’altra linea per meno di {gap} m: {count}</translation>
    </message>
    <message>
        <source>The end misses another line by less than {gap} m</source>
        <translation>L’estremo manca un’altra linea per meno di {gap} m</translation>
    </message>
    <message>
        <source>Sites on a separate part cannot be reached; add the missing connections</source>
        <translation>Le sedi su una parte separata non sono raggiungibili; aggiungere i collegamenti mancanti</translation>
    </message>
    <message>
        <source>The lines form {count} separate parts; the largest holds {share} % of the length</source>
        <translation>Le linee formano {count} parti separate; quota della lunghezza nella maggiore: {share} %</translation>
    </message>
    <message>
        <source>A separate part of {count} lines, {length} m long</source>
        <translation>Parte separata di {length} m (linee: {count})</translation>
    </message>
    <message>
        <source>{column}: {count} values name no row, or several rows, of {table}: {examples}</source>
        <translation>{column}: valori senza corrispondenza univoca in {table}: {count} ({examples})</translation>
    </message>
    <message>
        <source>Import {table} first, with the same names</source>
        <translation>Importare prima {table}, con gli stessi nomi</translation>
    </message>
    <message>
        <source>{count} organisations were new and came along: {names}</source>
        <translation>Organizzazioni nuove aggiunte: {count} ({names})</translation>
    </message>
    <message>
        <source>Look for spellings of one and the same body</source>
        <translation>Verificare che non siano grafie diverse dello stesso ente</translation>
    </message>
    <message>
        <source>The text was read as {encoding}; look at accented letters</source>
        <translation>Testo letto come {encoding}; controllare le lettere accentate</translation>
    </message>
    <message>
        <source>{ways} ways of OpenStreetMap, cut at their junctions, became {rows} rows</source>
        <translation>Way di OpenStreetMap divise agli incroci: {ways}, diventate {rows} righe</translation>
    </message>
    <message>
        <source>{count} ways lack some of their nodes, as the extract ends there</source>
        <translation>Way prive di alcuni nodi perché al margine dell’estratto: {count}</translation>
    </message>
    <message>
        <source>Of several layers {layer} was read; the others are: {others}</source>
        <translation>Tra più livelli è stato letto {layer}; gli altri sono: {others}</translation>
    </message>
    <message>
        <source>The line has {count} fields instead of {expected}</source>
        <translation>La riga ha {count} campi invece di {expected}</translation>
    </message>
    <message>
        <source>The file does not hold enough of the way&apos;s nodes to draw it</source>
        <translation>Il file non contiene abbastanza nodi della way per disegnarla</translation>
    </message>
    <message>
        <source>{count} columns were not imported: {columns}</source>
        <translation>Colonne non importate: {count} ({columns})</translation>
    </message>
    <message>
        <source>Map a column to a field to keep it, for example to note</source>
        <translation>Per conservare una colonna associarla a un campo, ad esempio a note</translation>
    </message>
    <message>
        <source>The columns {columns} were read as longitude and latitude (WGS 84)</source>
        <translation>Le colonne {columns} sono state lette come longitudine e latitudine (WGS 84)</translation>
    </message>
    <message>
        <source>Give another CRS with --crs if it is one</source>
        <translation>Se il sistema di riferimento è un altro, indicarlo con --crs</translation>
    </message>
    <message>
        <source>Coordinates such as {examples} can be read in two ways; the mark was taken as decimal mark</source>
        <translation>Coordinate come {examples} si possono leggere in due modi; il segno è stato interpretato come separatore decimale</translation>
    </message>
    <message>
        <source>{crs} is no known CRS</source>
        <translation>{crs} non è un sistema di riferimento noto</translation>
    </message>
    <message>
        <source>{crs} is no CRS for positions on the ground</source>
        <translation>{crs} non è un sistema di riferimento per posizioni a terra</translation>
    </message>
    <message>
        <source>No transformation of known accuracy leads from {source} to {target}; convert the file first, or accept an unknown accuracy</source>
        <translation>Nessuna trasformazione di accuratezza nota da {source} a {target}; convertire prima il file o accettare un’accuratezza ignota</translation>
    </message>
    <message>
        <source>{target} is nothing that can be imported; use {targets}</source>
        <translation>{target} non è importabile; usare {targets}</translation>
    </message>
    <message>
        <source>Understanding the rows</source>
        <translation>Interpretazione delle righe</translation>
    </message>
    <message>
        <source>Checking the rows</source>
        <translation>Controllo delle righe</translation>
    </message>
    <message>
        <source>Import {name}</source>
        <translation>Importazione di {name}</translation>
    </message>
    <message>
        <source>The file of rejected rows cannot be written: {reason}</source>
        <translation>Impossibile scrivere il file delle righe scartate: {reason}</translation>
    </message>
    <message>
        <source>{count} rows are in the project already and were not imported again</source>
        <translation>Righe già nel progetto e non importate di nuovo: {count}</translation>
    </message>
    <message>
        <source>Already in the project</source>
        <translation>Già nel progetto</translation>
    </message>
    <message>
        <source>{count} identifiers were taken or not valid; new ones were given</source>
        <translation>Identificativi già in uso o non validi, sostituiti: {count}</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lettura del file</translation>
    </message>
    <message>
        <source>{name} does not say its CRS; give it with --crs, for example --crs EPSG:32632</source>
        <translation>{name} non indica il suo sistema di riferimento; specificarlo con --crs, ad esempio --crs EPSG:32632</translation>
    </message>
    <message>
        <source>The row has no geometry, or an empty one</source>
        <translation>La riga non ha geometria o ne ha una vuota</translation>
    </message>
    <message>
        <source>A coordinate of the row is not a finite number</source>
        <translation>Una coordinata della riga non è un numero finito</translation>
    </message>
    <message>
        <source>The coordinates stand north before east; they were exchanged ({source})</source>
        <translation>Le coordinate avevano il nord prima dell’est; sono state scambiate ({source})</translation>
    </message>
    <message>
        <source>Look on the map whether the places are right</source>
        <translation>Verificare sulla mappa che le posizioni siano giuste</translation>
    </message>
    <message>
        <source>The transformation from {source} to {target} is of unknown accuracy</source>
        <translation>L’accuratezza della trasformazione da {source} a {target} non è nota</translation>
    </message>
    <message>
        <source>{source} was transformed to {target} with free parameters, good to {accuracy} m</source>
        <translation>{source} è stato trasformato in {target} con parametri liberi, entro {accuracy} m</translation>
    </message>
    <message>
        <source>Where metres matter, convert the file with the official grids first</source>
        <translation>Se contano i metri, convertire prima il file con i grigliati ufficiali</translation>
    </message>
    <message>
        <source>{source} was read as {target}: their datums were treated as equal within {accuracy} m</source>
        <translation>{source} è stato letto come {target}: i loro datum sono considerati equivalenti entro {accuracy} m</translation>
    </message>
    <message>
        <source>The coordinates lie far outside the area of {source} and {target}</source>
        <translation>Le coordinate sono molto fuori dall’area di {source} e {target}</translation>
    </message>
    <message>
        <source>The row has several points; one place is needed</source>
        <translation>La riga ha più punti; serve una sola posizione</translation>
    </message>
    <message>
        <source>{count} rows are drawn as lines or areas; a point within stands for each</source>
        <translation>Righe disegnate come linee o aree, rappresentate da un punto interno: {count}</translation>
    </message>
    <message>
        <source>The row is not a line</source>
        <translation>La riga non è una linea</translation>
    </message>
    <message>
        <source>{rows} rows have several lines; they became {objects} objects</source>
        <translation>Righe con più linee: {rows}, diventate {objects} oggetti</translation>
    </message>
    <message>
        <source>The line has no length</source>
        <translation>La linea ha lunghezza nulla</translation>
    </message>
    <message>
        <source>Parts without length were left out of rows {rows}</source>
        <translation>Parti di lunghezza nulla tralasciate nelle righe {rows}</translation>
    </message>
    <message>
        <source>The row is not an area</source>
        <translation>La riga non è un’area</translation>
    </message>
    <message>
        <source>The outline encloses no area</source>
        <translation>Il contorno non racchiude alcuna area</translation>
    </message>
    <message>
        <source>{count} outlines crossed themselves and were repaired</source>
        <translation>Contorni che si intersecavano, riparati: {count}</translation>
    </message>
    <message>
        <source>Look whether the areas are still right</source>
        <translation>Verificare che le aree siano ancora giuste</translation>
    </message>
    <message>
        <source>The row is a point; a line or an area is needed</source>
        <translation>La riga è un punto; serve una linea o un’area</translation>
    </message>
    <message>
        <source>The column {heading} was not used as {column}: its values mean nothing here</source>
        <translation>La colonna {heading} non è stata usata come {column}: i suoi valori non sono riconosciuti</translation>
    </message>
    <message>
        <source>Set one value for all rows, or map another column</source>
        <translation>Impostare un valore per tutte le righe o associare un’altra colonna</translation>
    </message>
    <message>
        <source>{column} is missing</source>
        <translation>{column} mancante</translation>
    </message>
    <message>
        <source>The file has no names; rows are called such as {examples}</source>
        <translation>Il file non ha nomi; le righe sono chiamate, ad esempio, {examples}</translation>
    </message>
    <message>
        <source>Map the column that holds the names to name</source>
        <translation>Associare a name la colonna che contiene i nomi</translation>
    </message>
    <message>
        <source>The file does not say {column}; {value} was assumed</source>
        <translation>Il file non indica {column}; assunto {value}</translation>
    </message>
    <message>
        <source>Give another value with --set {column}=...</source>
        <translation>Indicare un altro valore con --set {column}=...</translation>
    </message>
    <message>
        <source>{name} has neither geometry nor columns with coordinates; name them with --map x=... --map y=...</source>
        <translation>{name} non ha né geometria né colonne di coordinate; indicarle con --map x=... --map y=...</translation>
    </message>
    <message>
        <source>{file} has no column {heading}; it has: {columns}</source>
        <translation>{file} non ha la colonna {heading}; ha: {columns}</translation>
    </message>
    <message>
        <source>{table} have no column {column}; they have: {columns}</source>
        <translation>{table} non ha la colonna {column}; ha: {columns}</translation>
    </message>
    <message>
        <source>{value} is no value of {column}; allowed: {allowed}</source>
        <translation>{value} non è un valore di {column}; ammessi: {allowed}</translation>
    </message>
    <message>
        <source>{column}: {examples} can be read in two ways; the mark was taken as decimal mark</source>
        <translation>{column}: {examples} si può leggere in due modi; il segno è stato interpretato come separatore decimale</translation>
    </message>
    <message>
        <source>Write thousands without a mark and import again</source>
        <translation>Scrivere le migliaia senza separatore e importare di nuovo</translation>
    </message>
    <message>
        <source>{column}: {count} values were left out because they are not allowed ({allowed}): {examples}</source>
        <translation>{column}: valori tralasciati perché non ammessi ({allowed}): {count} ({examples})</translation>
    </message>
    <message>
        <source>Correct the values in the table, or map another column</source>
        <translation>Correggere i valori nella tabella o associare un’altra colonna</translation>
    </message>
    <message>
        <source>{file} is no table</source>
        <translation>{file} non è una tabella</translation>
    </message>
    <message>
        <source>{file} has no column for {fields}; it has: {columns}. Name one with --map FIELD=COLUMN.</source>
        <translation>{file} non ha una colonna per {fields}; ha: {columns}. Indicarne una con --map CAMPO=COLONNA.</translation>
    </message>
    <message>
        <source>{column}: {value} is none of {allowed}</source>
        <translation>{column}: {value} non è tra {allowed}</translation>
    </message>
    <message>
        <source>The price is in {currency}, not in euro</source>
        <translation>Il prezzo è in {currency}, non in euro</translation>
    </message>
    <message>
        <source>The row has no typical price</source>
        <translation>La riga non ha un prezzo tipico</translation>
    </message>
    <message>
        <source>Low, typical and high are not in order: {low}, {typical}, {high}</source>
        <translation>Minimo, tipico e massimo non sono in ordine: {low}, {typical}, {high}</translation>
    </message>
    <message>
        <source>The code {code} stands in row {row} already</source>
        <translation>Il codice {code} compare già nella riga {row}</translation>
    </message>
    <message>
        <source>{count} prices were rounded to the cent: {examples}</source>
        <translation>{count} prezzi sono stati arrotondati al centesimo: {examples}</translation>
    </message>
    <message>
        <source>{count} prices name no source; they are placeholders</source>
        <translation>{count} prezzi non indicano la fonte; sono indicativi</translation>
    </message>
    <message>
        <source>Give the source of all rows with --set source=...</source>
        <translation>Dare la fonte di tutte le righe con --set source=...</translation>
    </message>
    <message>
        <source>The column {heading} seems to hold prices with VAT; prices are without</source>
        <translation>La colonna {heading} sembra contenere prezzi con IVA; i prezzi sono al netto</translation>
    </message>
    <message>
        <source>{path} does not exist</source>
        <translation>{path} non esiste</translation>
    </message>
    <message>
        <source>{path} is a folder, not a project file</source>
        <translation>{path} è una cartella, non un progetto</translation>
    </message>
    <message>
        <source>The folder {path} does not exist</source>
        <translation>La cartella {path} non esiste</translation>
    </message>
    <message>
        <source>Nothing can be written in the folder {path}</source>
        <translation>Impossibile scrivere nella cartella {path}</translation>
    </message>
    <message>
        <source>{path} cannot be written; open it read-only or save a copy elsewhere</source>
        <translation>{path} non è scrivibile; aprirlo in sola lettura o salvarne una copia altrove</translation>
    </message>
    <message>
        <source>The name of a project file ends in .gpkg: {path}</source>
        <translation>Il nome di un progetto termina con .gpkg: {path}</translation>
    </message>
    <message>
        <source>{path} is not an Anello project; its layers can be imported into one</source>
        <translation>{path} non è un progetto di Anello; i suoi livelli si possono importare in un progetto</translation>
    </message>
    <message>
        <source>{path} was made by a newer Anello; it needs version {version} or later</source>
        <translation>{path} è stato creato da un Anello più recente; serve la versione {version} o successiva</translation>
    </message>
    <message>
        <source>{crs} is not a coordinate reference system</source>
        <translation>{crs} non è un sistema di riferimento delle coordinate</translation>
    </message>
    <message>
        <source>{crs} does not measure in metres; a project needs a projected system such as {example}</source>
        <translation>{crs} non è in metri; un progetto richiede un sistema proiettato come {example}</translation>
    </message>
    <message>
        <source>{path} exists already</source>
        <translation>{path} esiste già</translation>
    </message>
    <message>
        <source>The table {table} of {path} holds a value that cannot be read: {detail}</source>
        <translation>La tabella {table} di {path} contiene un valore illeggibile: {detail}</translation>
    </message>
    <message>
        <source>{path} was opened read-only</source>
        <translation>{path} è aperto in sola lettura</translation>
    </message>
    <message>
        <source>{path} is the open project itself</source>
        <translation>{path} è il progetto aperto</translation>
    </message>
    <message>
        <source>{path} is closed</source>
        <translation>{path} è chiuso</translation>
    </message>
    <message>
        <source>Reading {table}</source>
        <translation>Lettura di {table}</translation>
    </message>
    <message>
        <source>{label} ({count} objects changed by somebody else since were left alone)</source>
        <translation>{label} (oggetti nel frattempo modificati da altri e non toccati: {count})</translation>
    </message>
    <message>
        <source>{count} objects have a geometry that the table {table} does not take</source>
        <translation>Oggetti con una geometria non ammessa nella tabella {table}: {count}</translation>
    </message>
    <message>
        <source>{count} objects have a coordinate that is not a number</source>
        <translation>Oggetti con una coordinata che non è un numero: {count}</translation>
    </message>
    <message>
        <source>{count} identifiers occur twice in the table {table}</source>
        <translation>Identificativi ripetuti nella tabella {table}: {count}</translation>
    </message>
    <message>
        <source>{count} objects have a text that cannot be stored</source>
        <translation>Oggetti con un testo che non si può salvare: {count}</translation>
    </message>
    <message>
        <source>{count} objects were changed by somebody else in the meantime; nothing was done</source>
        <translation>Operazione non eseguita. Oggetti nel frattempo modificati da altri: {count}</translation>
    </message>
    <message>
        <source>{count} objects exist already; nothing was done</source>
        <translation>Operazione non eseguita. Oggetti già esistenti: {count}</translation>
    </message>
    <message>
        <source>Plan “{name}” is already accepted</source>
        <translation>Il piano «{name}» è già stato accettato</translation>
    </message>
    <message>
        <source>Accept plan “{name}”</source>
        <translation>Accettazione del piano «{name}»</translation>
    </message>
    <message>
        <source>Plan “{name}” is out of date: {count} objects that it uses are gone. Compute it again.</source>
        <translation>Il piano «{name}» non è aggiornato: gli oggetti da cui dipende non esistono più ({count}). Ricalcolarlo.</translation>
    </message>
    <message>
        <source>“and”, “or” or the end</source>
        <translation>«and», «or» o la fine</translation>
    </message>
    <message>
        <source>a comparison</source>
        <translation>un confronto</translation>
    </message>
    <message>
        <source>a text in quotes</source>
        <translation>un testo tra apici</translation>
    </message>
    <message>
        <source>a column</source>
        <translation>una colonna</translation>
    </message>
    <message>
        <source>{table} are drawn, imported or computed, not typed</source>
        <translation>{table}: si disegnano, si importano o si calcolano, non si scrivono</translation>
    </message>
    <message>
        <source>Add “{name}” to {table}</source>
        <translation>Aggiungi «{name}» a {table}</translation>
    </message>
    <message>
        <source>{table} change by planning or review, not by deleting</source>
        <translation>{table}: cambiano con la pianificazione o la revisione, non si eliminano</translation>
    </message>
    <message>
        <source>Delete “{name}” from {table}</source>
        <translation>Elimina «{name}» da {table}</translation>
    </message>
    <message>
        <source>{table} has no column “{name}”; it has: {columns}</source>
        <translation>{table} non ha la colonna «{name}»; ha: {columns}</translation>
    </message>
    <message>
        <source>Change {columns} of {name}</source>
        <translation>Modifica {columns} di {name}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} e {second}</translation>
    </message>
    <message>
        <source>{count} columns</source>
        <translation>{count} colonne</translation>
    </message>
    <message>
        <source>{column} of {table} is not written by hand</source>
        <translation>{column} di {table} non si scrive a mano</translation>
    </message>
    <message>
        <source>{table}: there is none called “{name}”</source>
        <translation>{table}: non c’è nessun «{name}»</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>un numero</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true o false</translation>
    </message>
    <message>
        <source>Condition, position {position}: expected “{word}”</source>
        <translation>Condizione, posizione {position}: atteso «{word}»</translation>
    </message>
    <message>
        <source>Condition, position {position}: expected {what}</source>
        <translation>Condizione, posizione {position}: atteso {what}</translation>
    </message>
    <message>
        <source>Condition, position {position}: “{sign}” is unknown</source>
        <translation>Condizione, posizione {position}: «{sign}» sconosciuto</translation>
    </message>
    <message>
        <source>There is no plan “{name}”. Plans: {names}.</source>
        <translation>Il piano «{name}» non esiste. Piani: {names}.</translation>
    </message>
    <message>
        <source>{table} has no column {names}</source>
        <translation>{table} non ha la colonna {names}</translation>
    </message>
    <message>
        <source>Change {columns} of {count} in {table}</source>
        <translation>Modifica di {columns} in {table} ({count})</translation>
    </message>
    <message>
        <source>{table} are not deleted by hand</source>
        <translation>{table}: non si eliminano a mano</translation>
    </message>
    <message>
        <source>Nothing to delete</source>
        <translation>Nulla da eliminare</translation>
    </message>
    <message>
        <source>Delete {count} of {table}</source>
        <translation>Eliminazione da {table} ({count})</translation>
    </message>
    <message>
        <source>Delete {count} objects</source>
        <translation>Elimina {count} oggetti</translation>
    </message>
    <message>
        <source>Plan “{name}” is accepted or under review and cannot be deleted</source>
        <translation>Il piano «{name}» è accettato o in esame e non può essere eliminato</translation>
    </message>
    <message>
        <source>Delete plan “{name}”</source>
        <translation>Eliminazione del piano «{name}»</translation>
    </message>
    <message>
        <source>Add a remark</source>
        <translation>Aggiunta di un’osservazione</translation>
    </message>
    <message>
        <source>Answer a remark</source>
        <translation>Risposta a un’osservazione</translation>
    </message>
    <message>
        <source>Close a remark</source>
        <translation>Chiusura di un’osservazione</translation>
    </message>
    <message>
        <source>Open a remark again</source>
        <translation>Riapertura di un’osservazione</translation>
    </message>
    <message>
        <source>There is no remark {uid}.</source>
        <translation>Non esiste l’osservazione {uid}.</translation>
    </message>
    <message>
        <source>A remark needs an object or a place.</source>
        <translation>Un’osservazione deve riferirsi a un oggetto o a un luogo.</translation>
    </message>
    <message>
        <source>No remark can be made on the table {table}.</source>
        <translation>Non si possono fare osservazioni sulla tabella {table}.</translation>
    </message>
    <message>
        <source>{table} has no object {uids}</source>
        <translation>{table} non contiene l’oggetto {uids}</translation>
    </message>
    <message>
        <source>A remark needs a text.</source>
        <translation>Un’osservazione deve avere un testo.</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Pubblico</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>Privato</translation>
    </message>
    <message>
        <source>Forbidden</source>
        <translation>Vietato</translation>
    </message>
    <message>
        <source>Convention</source>
        <translation>Convenzione</translation>
    </message>
    <message>
        <source>Concession</source>
        <translation>Concessione</translation>
    </message>
    <message>
        <source>Framework agreement</source>
        <translation>Accordo quadro</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Altro</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Parco</translation>
    </message>
    <message>
        <source>Water</source>
        <translation>Acqua</translation>
    </message>
    <message>
        <source>Woodland</source>
        <translation>Bosco</translation>
    </message>
    <message>
        <source>Built-up land</source>
        <translation>Area edificata</translation>
    </message>
    <message>
        <source>River</source>
        <translation>Fiume</translation>
    </message>
    <message>
        <source>Canal</source>
        <translation>Canale</translation>
    </message>
    <message>
        <source>Lake</source>
        <translation>Lago</translation>
    </message>
    <message>
        <source>Railway</source>
        <translation>Ferrovia</translation>
    </message>
    <message>
        <source>Metro</source>
        <translation>Metropolitana</translation>
    </message>
    <message>
        <source>Motorway</source>
        <translation>Autostrada</translation>
    </message>
    <message>
        <source>Restricted area</source>
        <translation>Area a restrizione</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Confine</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuna</translation>
    </message>
    <message>
        <source>Road</source>
        <translation>Strada</translation>
    </message>
    <message>
        <source>Railway line</source>
        <translation>Ferrovia</translation>
    </message>
    <message>
        <source>Waste water</source>
        <translation>Fognatura</translation>
    </message>
    <message>
        <source>Storm water</source>
        <translation>Acque meteoriche</translation>
    </message>
    <message>
        <source>Drinking water</source>
        <translation>Acquedotto</translation>
    </message>
    <message>
        <source>Gas</source>
        <translation>Gas</translation>
    </message>
    <message>
        <source>Electricity</source>
        <translation>Elettricità</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aperta</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Con risposta</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Chiusa</translation>
    </message>
    <message>
        <source>Duct</source>
        <translation>Tubo</translation>
    </message>
    <message>
        <source>Inner duct</source>
        <translation>Sottotubo</translation>
    </message>
    <message>
        <source>Microduct</source>
        <translation>Minitubo</translation>
    </message>
    <message>
        <source>Sewer</source>
        <translation>Fognatura</translation>
    </message>
    <message>
        <source>Utility gallery</source>
        <translation>Galleria</translation>
    </message>
    <message>
        <source>Aerial</source>
        <translation>Aerea</translation>
    </message>
    <message>
        <source>Lead-in as stated with the site</source>
        <translation>Allacciamento come indicato con la sede</translation>
    </message>
    <message>
        <source>Equal parts</source>
        <translation>Parti uguali</translation>
    </message>
    <message>
        <source>By guaranteed rate</source>
        <translation>Per banda garantita</translation>
    </message>
    <message>
        <source>By residents</source>
        <translation>Per residenti</translation>
    </message>
    <message>
        <source>By length</source>
        <translation>Per lunghezza</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libero</translation>
    </message>
    <message>
        <source>Priced</source>
        <translation>A pagamento</translation>
    </message>
    <message>
        <source>Above ground</source>
        <translation>Aerea</translation>
    </message>
    <message>
        <source>Below ground</source>
        <translation>Interrata</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Bozza</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>Presentato</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>In esame</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approvato</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Respinto</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Ritirato</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>Alluvione</translation>
    </message>
    <message>
        <source>Landslide</source>
        <translation>Frana</translation>
    </message>
    <message>
        <source>Earthquake</source>
        <translation>Terremoto</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>Incendio</translation>
    </message>
    <message>
        <source>Power supply</source>
        <translation>Alimentazione elettrica</translation>
    </message>
    <message>
        <source>Frequent (H)</source>
        <translation>Frequente (H)</translation>
    </message>
    <message>
        <source>Medium (M)</source>
        <translation>Media (M)</translation>
    </message>
    <message>
        <source>Rare (L)</source>
        <translation>Rara (L)</translation>
    </message>
    <message>
        <source>m</source>
        <translation>m</translation>
    </message>
    <message>
        <source>m²</source>
        <translation>m²</translation>
    </message>
    <message>
        <source>m³</source>
        <translation>m³</translation>
    </message>
    <message>
        <source>each</source>
        <translation>cad.</translation>
    </message>
    <message>
        <source>lump sum</source>
        <translation>a corpo</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>h</source>
        <translation>h</translation>
    </message>
    <message>
        <source>year</source>
        <translation>anno</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>PoP</source>
        <translation>PoP</translation>
    </message>
    <message>
        <source>Aggregation point</source>
        <translation>Punto di aggregazione</translation>
    </message>
    <message>
        <source>Chamber</source>
        <translation>Pozzetto</translation>
    </message>
    <message>
        <source>Handhole</source>
        <translation>Pozzettino</translation>
    </message>
    <message>
        <source>Cabinet</source>
        <translation>Armadio</translation>
    </message>
    <message>
        <source>Pole</source>
        <translation>Palo</translation>
    </message>
    <message>
        <source>Tower</source>
        <translation>Torre</translation>
    </message>
    <message>
        <source>Building entry</source>
        <translation>Ingresso edificio</translation>
    </message>
    <message>
        <source>Splice point</source>
        <translation>Punto di giunzione</translation>
    </message>
    <message>
        <source>Customer premises</source>
        <translation>Sede utente</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Centrale</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Collegata</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Esclusa</translation>
    </message>
    <message>
        <source>Surveyed</source>
        <translation>Rilevata</translation>
    </message>
    <message>
        <source>By address</source>
        <translation>Da indirizzo</translation>
    </message>
    <message>
        <source>By locality</source>
        <translation>Da località</translation>
    </message>
    <message>
        <source>Assumed</source>
        <translation>Ipotizzata</translation>
    </message>
    <message>
        <source>Modelled</source>
        <translation>Simulata</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Sconosciuta</translation>
    </message>
    <message>
        <source>Disjoint spans</source>
        <translation>Tratte disgiunte</translation>
    </message>
    <message>
        <source>Disjoint nodes</source>
        <translation>Nodi disgiunti</translation>
    </message>
    <message>
        <source>No common risk</source>
        <translation>Nessun rischio comune</translation>
    </message>
    <message>
        <source>Trench</source>
        <translation>Trincea</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>Ponte</translation>
    </message>
    <message>
        <source>Railway crossing</source>
        <translation>Attraversamento ferroviario</translation>
    </message>
    <message>
        <source>River crossing</source>
        <translation>Attraversamento fluviale</translation>
    </message>
    <message>
        <source>Power zone</source>
        <translation>Zona elettrica</translation>
    </message>
    <message>
        <source>Hazard zone</source>
        <translation>Zona di pericolo</translation>
    </message>
    <message>
        <source>Trunk road</source>
        <translation>Superstrada</translation>
    </message>
    <message>
        <source>Primary road</source>
        <translation>Strada primaria</translation>
    </message>
    <message>
        <source>Secondary road</source>
        <translation>Strada secondaria</translation>
    </message>
    <message>
        <source>Tertiary road</source>
        <translation>Strada terziaria</translation>
    </message>
    <message>
        <source>Residential street</source>
        <translation>Strada residenziale</translation>
    </message>
    <message>
        <source>Minor road</source>
        <translation>Strada minore</translation>
    </message>
    <message>
        <source>Service road</source>
        <translation>Strada di servizio</translation>
    </message>
    <message>
        <source>Pedestrian street</source>
        <translation>Strada pedonale</translation>
    </message>
    <message>
        <source>Cycleway</source>
        <translation>Pista ciclabile</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Sentiero</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Strada sterrata</translation>
    </message>
    <message>
        <source>Water level</source>
        <translation>Livello idrometrico</translation>
    </message>
    <message>
        <source>Rain</source>
        <translation>Pioggia</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Wind</source>
        <translation>Vento</translation>
    </message>
    <message>
        <source>Radiation</source>
        <translation>Radiazione</translation>
    </message>
    <message>
        <source>Air quality</source>
        <translation>Qualità dell’aria</translation>
    </message>
    <message>
        <source>Civil protection</source>
        <translation>Protezione civile</translation>
    </message>
    <message>
        <source>School, primary</source>
        <translation>Scuola primaria</translation>
    </message>
    <message>
        <source>School, secondary</source>
        <translation>Scuola secondaria</translation>
    </message>
    <message>
        <source>Hospital</source>
        <translation>Ospedale</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>Forze dell’ordine</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>Ricerca</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Pharmacy</source>
        <translation>Farmacia</translation>
    </message>
    <message>
        <source>Care home</source>
        <translation>Casa di riposo</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Telecamera</translation>
    </message>
    <message>
        <source>Other body</source>
        <translation>Altro ente</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Proposto</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>Pianificato</translation>
    </message>
    <message>
        <source>Under construction</source>
        <translation>In costruzione</translation>
    </message>
    <message>
        <source>Operational</source>
        <translation>In esercizio</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>Realizzato, non attivo</translation>
    </message>
    <message>
        <source>Decommissioned</source>
        <translation>Dismesso</translation>
    </message>
    <message>
        <source>Asphalt</source>
        <translation>Asfalto</translation>
    </message>
    <message>
        <source>Concrete</source>
        <translation>Calcestruzzo</translation>
    </message>
    <message>
        <source>Stone paving</source>
        <translation>Pietra</translation>
    </message>
    <message>
        <source>Gravel</source>
        <translation>Ghiaia</translation>
    </message>
    <message>
        <source>Earth</source>
        <translation>Terra</translation>
    </message>
    <message>
        <source>Mini-trench</source>
        <translation>Minitrincea</translation>
    </message>
    <message>
        <source>Micro-trench</source>
        <translation>Microtrincea</translation>
    </message>
    <message>
        <source>No-dig</source>
        <translation>No-dig</translation>
    </message>
    <message>
        <source>In existing duct</source>
        <translation>In cavidotto esistente</translation>
    </message>
    <message>
        <source>Lead-in</source>
        <translation>Raccordo</translation>
    </message>
    <message>
        <source>Join to the network</source>
        <translation>Innesto in rete</translation>
    </message>
    <message>
        <source>Optimised</source>
        <translation>Ottimizzata</translation>
    </message>
    <message>
        <source>Derived</source>
        <translation>Derivata</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Errore</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Avviso</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Trenches</source>
        <translation>Scavi</translation>
    </message>
    <message>
        <source>Ducts</source>
        <translation>Tubi</translation>
    </message>
    <message>
        <source>Cables</source>
        <translation>Cavi</translation>
    </message>
    <message>
        <source>Lead-ins</source>
        <translation>Raccordi</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>Giunti</translation>
    </message>
    <message>
        <source>Chambers</source>
        <translation>Pozzetti</translation>
    </message>
    <message>
        <source>Hubs</source>
        <translation>Hub</translation>
    </message>
    <message>
        <source>Reinstatement</source>
        <translation>Ripristini</translation>
    </message>
    <message>
        <source>Surveys</source>
        <translation>Indagini</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>Concessioni e permessi</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Apparati</translation>
    </message>
    <message>
        <source>Every year</source>
        <translation>Ogni anno</translation>
    </message>
    <message>
        <source>Demolition</source>
        <translation>Demolizioni</translation>
    </message>
    <message>
        <source>Earthworks</source>
        <translation>Movimenti di terra</translation>
    </message>
    <message>
        <source>m per year</source>
        <translation>m all’anno</translation>
    </message>
    <message>
        <source>each per year</source>
        <translation>cad. all’anno</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>Anello</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Dorsale</translation>
    </message>
    <message>
        <source>Spur</source>
        <translation>Diramazione</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Accesso</translation>
    </message>
    <message>
        <source>Risk group</source>
        <translation>Gruppo di rischio</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identificativo</translation>
    </message>
    <message>
        <source>{name}: a table is written as .csv or .xlsx</source>
        <translation>{name}: una tabella si scrive come .csv o .xlsx</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Ruolo</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Stato</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>Nodo</translation>
    </message>
    <message>
        <source>The node of the network that serves the site</source>
        <translation>Il nodo della rete che serve la sede</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Indirizzo</translation>
    </message>
    <message>
        <source>Municipality code (ISTAT)</source>
        <translation>Codice comune (ISTAT)</translation>
    </message>
    <message>
        <source>Guaranteed rate</source>
        <translation>Banda garantita</translation>
    </message>
    <message>
        <source>Peak rate</source>
        <translation>Banda di picco</translation>
    </message>
    <message>
        <source>Protection wanted</source>
        <translation>Protezione richiesta</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorità</translation>
    </message>
    <message>
        <source>1 is the most urgent, 5 the least</source>
        <translation>1 è la più urgente, 5 la meno urgente</translation>
    </message>
    <message>
        <source>Cost of the lead-in</source>
        <translation>Costo dell’allacciamento</translation>
    </message>
    <message>
        <source>In all, from the street into the building; empty: computed from prices</source>
        <translation>In tutto, dalla via all’edificio; vuoto: calcolato dai prezzi</translation>
    </message>
    <message>
        <source>Worth</source>
        <translation>Valore</translation>
    </message>
    <message>
        <source>What connecting it is worth: a plan may leave it out where it costs more</source>
        <translation>Quanto vale collegarla: un piano può escluderla se costa di più</translation>
    </message>
    <message>
        <source>Longest route to the hub</source>
        <translation>Percorso massimo fino all’hub</translation>
    </message>
    <message>
        <source>Optical reach of its equipment; empty: the plan&apos;s limit</source>
        <translation>Portata ottica dei suoi apparati; vuoto: limite del piano</translation>
    </message>
    <message>
        <source>Payer</source>
        <translation>Pagatore</translation>
    </message>
    <message>
        <source>Quality of the position</source>
        <translation>Qualità della posizione</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Durata</translation>
    </message>
    <message>
        <source>Yearly contribution agreed</source>
        <translation>Contributo annuo concordato</translation>
    </message>
    <message>
        <source>Fixed by the agreement; empty: by the key</source>
        <translation>Fissato dalla convenzione; vuoto: secondo la chiave</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Importo</translation>
    </message>
    <message>
        <source>For sites of category</source>
        <translation>Per sedi di categoria</translation>
    </message>
    <message>
        <source>Empty: for every site</source>
        <translation>Vuoto: per ogni sede</translation>
    </message>
    <message>
        <source>Paid by</source>
        <translation>Pagato da</translation>
    </message>
    <message>
        <source>First year</source>
        <translation>Primo anno</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Ultimo anno</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Ente</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>Ends on</source>
        <translation>Scadenza</translation>
    </message>
    <message>
        <source>Contribution key</source>
        <translation>Criterio di riparto</translation>
    </message>
    <message>
        <source>In operation</source>
        <translation>Operativo</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Anno</translation>
    </message>
    <message>
        <source>Used for new plans</source>
        <translation>Usato nei nuovi piani</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Elenco</translation>
    </message>
    <message>
        <source>Text (English)</source>
        <translation>Testo (inglese)</translation>
    </message>
    <message>
        <source>Text (Italian)</source>
        <translation>Testo (italiano)</translation>
    </message>
    <message>
        <source>An assumed price without a verified source</source>
        <translation>Prezzo indicativo, senza fonte verificata</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creato il</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Accettato il</translation>
    </message>
    <message>
        <source>Hash of the inputs</source>
        <translation>Impronta dei dati</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Elenco prezzi</translation>
    </message>
    <message>
        <source>Unreachable sites</source>
        <translation>Sedi non raggiungibili</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>Obiettivo</translation>
    </message>
    <message>
        <source>Lower bound</source>
        <translation>Limite inferiore</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versione</translation>
    </message>
    <message>
        <source>Based on</source>
        <translation>Derivato da</translation>
    </message>
    <message>
        <source>Index factor</source>
        <translation>Fattore di indicizzazione</translation>
    </message>
    <message>
        <source>Every price of the list that it is based on was multiplied by this</source>
        <translation>Ogni prezzo dell’elenco di origine è stato moltiplicato per questo fattore</translation>
    </message>
    <message>
        <source>Source of the index</source>
        <translation>Fonte dell’indice</translation>
    </message>
    <message>
        <source>State set by</source>
        <translation>Stato impostato da</translation>
    </message>
    <message>
        <source>State since</source>
        <translation>Stato dal</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Colore</translation>
    </message>
    <message>
        <source>On the map, such as #0072b2; empty: the usual one</source>
        <translation>Sulla mappa, ad esempio #0072b2; vuoto: quello consueto</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>Ricavato da</translation>
    </message>
    <message>
        <source>(cost - lower bound) / cost; empty if unknown</source>
        <translation>(costo - limite inferiore) / costo; vuoto se ignoto</translation>
    </message>
    <message>
        <source>Low cost</source>
        <translation>Costo minimo</translation>
    </message>
    <message>
        <source>High cost</source>
        <translation>Costo massimo</translation>
    </message>
    <message>
        <source>Start node</source>
        <translation>Nodo iniziale</translation>
    </message>
    <message>
        <source>A node of the plan or of the network</source>
        <translation>Un nodo del piano o della rete</translation>
    </message>
    <message>
        <source>End node</source>
        <translation>Nodo finale</translation>
    </message>
    <message>
        <source>Conduit</source>
        <translation>Cavidotto</translation>
    </message>
    <message>
        <source>Quantities by price item</source>
        <translation>Quantità per voce di prezzo</translation>
    </message>
    <message>
        <source>Code of the price item to quantity in its unit</source>
        <translation>Dal codice della voce alla quantità nella sua unità</translation>
    </message>
    <message>
        <source>Derived quantities by price item</source>
        <translation>Quantità derivate per voce di prezzo</translation>
    </message>
    <message>
        <source>What follows from the finished plan, such as chambers</source>
        <translation>Ciò che segue dal piano finito, ad esempio i pozzetti</translation>
    </message>
    <message>
        <source>Only for protection</source>
        <translation>Solo per protezione</translation>
    </message>
    <message>
        <source>Year of the phase</source>
        <translation>Anno della fase</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Bloccata</translation>
    </message>
    <message>
        <source>Kept when the plan is computed again</source>
        <translation>Mantenuta quando il piano viene ricalcolato</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Joined node</source>
        <translation>Nodo di innesto</translation>
    </message>
    <message>
        <source>The existing node that this point joins</source>
        <translation>Il nodo esistente a cui si innesta questo punto</translation>
    </message>
    <message>
        <source>Joined span</source>
        <translation>Tratta di innesto</translation>
    </message>
    <message>
        <source>Route length to the network</source>
        <translation>Lunghezza fino alla rete</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Ingresso</translation>
    </message>
    <message>
        <source>The plan&apos;s point at the site; sites at one place share it</source>
        <translation>Il punto del piano presso la sede; sedi nello stesso luogo lo condividono</translation>
    </message>
    <message>
        <source>Route length to the hub</source>
        <translation>Lunghezza fino all’hub</translation>
    </message>
    <message>
        <source>Along the plan and the network</source>
        <translation>Lungo il piano e la rete</translation>
    </message>
    <message>
        <source>Working path</source>
        <translation>Percorso di esercizio</translation>
    </message>
    <message>
        <source>Protection path</source>
        <translation>Percorso di riserva</translation>
    </message>
    <message>
        <source>Empty when the plan was deleted; the record stays</source>
        <translation>Vuoto se il piano è stato eliminato; la revisione resta agli atti</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numero</translation>
    </message>
    <message>
        <source>Name of the plan</source>
        <translation>Nome del piano</translation>
    </message>
    <message>
        <source>Submitted on</source>
        <translation>Presentata il</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>Presentata da</translation>
    </message>
    <message>
        <source>Decided on</source>
        <translation>Decisa il</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Deciso da</translation>
    </message>
    <message>
        <source>Grounds of the decision</source>
        <translation>Motivazione della decisione</translation>
    </message>
    <message>
        <source>Hash of the content</source>
        <translation>Impronta del contenuto</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Contenuto</translation>
    </message>
    <message>
        <source>The rows of the plan, packed</source>
        <translation>Le righe del piano, compresse</translation>
    </message>
    <message>
        <source>Answer to</source>
        <translation>Risposta a</translation>
    </message>
    <message>
        <source>The remark that begins the thread; empty: this one does</source>
        <translation>L’osservazione che apre la discussione; vuoto: è questa</translation>
    </message>
    <message>
        <source>The file that it came back in, if any</source>
        <translation>Il file con cui è tornata, se c’è</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabella</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Oggetto</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Testo</translation>
    </message>
    <message>
        <source>Identifier of the object</source>
        <translation>Identificativo dell’oggetto</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revisione</translation>
    </message>
    <message>
        <source>A place on the map</source>
        <translation>Un punto della mappa</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Proprietario</translation>
    </message>
    <message>
        <source>Equipped capacity</source>
        <translation>Capacità attrezzata</translation>
    </message>
    <message>
        <source>Failures per year</source>
        <translation>Guasti all’anno</translation>
    </message>
    <message>
        <source>Of this node; empty: by type</source>
        <translation>Di questo nodo; vuoto: secondo il tipo</translation>
    </message>
    <message>
        <source>Time to repair</source>
        <translation>Tempo di ripristino</translation>
    </message>
    <message>
        <source>Mean time from failure to service; empty: by kind</source>
        <translation>Tempo medio dal guasto al servizio; vuoto: secondo il tipo</translation>
    </message>
    <message>
        <source>From plan</source>
        <translation>Dal piano</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>Capacità</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Usata</translation>
    </message>
    <message>
        <source>Price item</source>
        <translation>Voce di prezzo</translation>
    </message>
    <message>
        <source>Code of the price item; empty: by kind</source>
        <translation>Codice della voce di prezzo; vuoto: secondo il tipo</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Lunghezza</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Posa</translation>
    </message>
    <message>
        <source>Co-deployment</source>
        <translation>Posa condivisa</translation>
    </message>
    <message>
        <source>Conduits</source>
        <translation>Cavidotti</translation>
    </message>
    <message>
        <source>Allows a joint</source>
        <translation>Giunto ammesso</translation>
    </message>
    <message>
        <source>Measured loss</source>
        <translation>Attenuazione misurata</translation>
    </message>
    <message>
        <source>Total loss of the section; preferred over computed loss</source>
        <translation>Attenuazione totale della tratta; prevale su quella calcolata</translation>
    </message>
    <message>
        <source>Cuts per km and year</source>
        <translation>Tagli per km e anno</translation>
    </message>
    <message>
        <source>Of this span; empty: by technique</source>
        <translation>Di questa tratta; vuoto: secondo la tecnica</translation>
    </message>
    <message>
        <source>Fibres</source>
        <translation>Fibre</translation>
    </message>
    <message>
        <source>Used fibres</source>
        <translation>Fibre usate</translation>
    </message>
    <message>
        <source>Fibre kind</source>
        <translation>Tipo di fibra</translation>
    </message>
    <message>
        <source>Cable length</source>
        <translation>Lunghezza cavo</translation>
    </message>
    <message>
        <source>Fibre length</source>
        <translation>Lunghezza fibra</translation>
    </message>
    <message>
        <source>Height above ground</source>
        <translation>Altezza dal suolo</translation>
    </message>
    <message>
        <source>Ground elevation</source>
        <translation>Quota del terreno</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Nodi</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatico</translation>
    </message>
    <message>
        <source>Residents</source>
        <translation>Residenti</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Approssimato</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Private and forbidden streets are not used by plans</source>
        <translation>I piani non usano strade private e vietate</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>Galleria</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Livello</translation>
    </message>
    <message>
        <source>Streets of different level cross without a junction</source>
        <translation>Strade di livello diverso si incrociano senza intersecarsi</translation>
    </message>
    <message>
        <source>Footway</source>
        <translation>Marciapiede</translation>
    </message>
    <message>
        <source>Identifier at source</source>
        <translation>Identificativo nella fonte</translation>
    </message>
    <message>
        <source>Crossing</source>
        <translation>Attraversamento</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Scenario</translation>
    </message>
    <message>
        <source>Return period</source>
        <translation>Tempo di ritorno</translation>
    </message>
    <message>
        <source>{count} conduits hold more cables than their capacity</source>
        <translation>Cavidotti con più cavi della loro capacità: {count}</translation>
    </message>
    <message>
        <source>Check capacity and used, both in cables.</source>
        <translation>Controllare capacità e uso, entrambi in numero di cavi.</translation>
    </message>
    <message>
        <source>{count} cables have more fibres used than they hold</source>
        <translation>Cavi con più fibre usate di quante ne contengono: {count}</translation>
    </message>
    <message>
        <source>Check the fibre counts.</source>
        <translation>Controllare il numero di fibre.</translation>
    </message>
    <message>
        <source>{count} cables are shorter than the route that they follow</source>
        <translation>Cavi più corti del tracciato che seguono: {count}</translation>
    </message>
    <message>
        <source>Cable length is route length plus slack; check both.</source>
        <translation>La lunghezza del cavo è quella del tracciato più le scorte; controllarle entrambe.</translation>
    </message>
    <message>
        <source>{count} sites: guaranteed rate above peak rate</source>
        <translation>Sedi con banda garantita superiore a quella di picco: {count}</translation>
    </message>
    <message>
        <source>Check both rates; they are in Mbit/s.</source>
        <translation>Controllare entrambe le bande; sono in Mbit/s.</translation>
    </message>
    <message>
        <source>Guaranteed rates of connected sites add up to {guaranteed:.0f} Gbit/s, {ratio:.1f} times the {capacity:.0f} Gbit/s of the hubs</source>
        <translation>Banda garantita alle sedi collegate: {guaranteed:.0f} Gbit/s, {ratio:.1f} volte la capacità degli hub ({capacity:.0f} Gbit/s)</translation>
    </message>
    <message>
        <source>Ask what is guaranteed to whom, and whether the hub figure is for all services.</source>
        <translation>Chiarire che cosa è garantito a chi, e se il valore degli hub vale per tutti i servizi.</translation>
    </message>
    <message>
        <source>{count} of {table}: {column} names an object not there</source>
        <translation>{table} ({count}): «{column}» indica un oggetto inesistente</translation>
    </message>
    <message>
        <source>Import {reference}, or choose an existing object.</source>
        <translation>Importare «{reference}» o scegliere un oggetto esistente.</translation>
    </message>
    <message>
        <source>{count} sites are in operation but have no node</source>
        <translation>Sedi in esercizio senza nodo: {count}</translation>
    </message>
    <message>
        <source>Name the node that serves them, or set their status to “proposed”.</source>
        <translation>Indicare il nodo che le serve o impostarne lo stato a «proposto».</translation>
    </message>
    <message>
        <source>{count} towers have no node</source>
        <translation>Torri senza nodo: {count}</translation>
    </message>
    <message>
        <source>Import the towers with coordinates.</source>
        <translation>Importare le torri con le coordinate.</translation>
    </message>
    <message>
        <source>{count} spans lack a node at an end</source>
        <translation>Tratte senza nodo a un estremo: {count}</translation>
    </message>
    <message>
        <source>Name start and end node; the span carries nothing until then.</source>
        <translation>Indicare nodo iniziale e finale; fino ad allora la tratta non trasporta nulla.</translation>
    </message>
    <message>
        <source>{count} spans do not end where their nodes are</source>
        <translation>Tratte che non terminano nei loro nodi: {count}</translation>
    </message>
    <message>
        <source>Move the node or redraw the end of the span.</source>
        <translation>Spostare il nodo o ridisegnare l’estremo della tratta.</translation>
    </message>
    <message>
        <source>{count} spans have no length</source>
        <translation>Tratte di lunghezza nulla: {count}</translation>
    </message>
    <message>
        <source>Delete them or draw their course.</source>
        <translation>Eliminarle o disegnarne il percorso.</translation>
    </message>
    <message>
        <source>{count} spans: stored route length differs from the drawn one by over 5 %</source>
        <translation>Tratte con lunghezza registrata diversa di oltre il 5 % da quella disegnata: {count}</translation>
    </message>
    <message>
        <source>Check that it is route length, not cable or fibre length.</source>
        <translation>Verificare che sia la lunghezza del tracciato, non del cavo o della fibra.</translation>
    </message>
    <message>
        <source>{count} spans have no stored route length</source>
        <translation>{count} tratte senza lunghezza di tracciato</translation>
    </message>
    <message>
        <source>Enter the length as built; until then the drawn one counts.</source>
        <translation>Inserire la lunghezza reale; fino ad allora vale quella disegnata.</translation>
    </message>
    <message>
        <source>No node is a hub or PoP</source>
        <translation>Nessun nodo è un hub o un PoP</translation>
    </message>
    <message>
        <source>Set the type of the nodes that give service to hub or pop.</source>
        <translation>Impostare il tipo dei nodi che erogano il servizio a hub o pop.</translation>
    </message>
    <message>
        <source>{count} sites share their coordinates with another site</source>
        <translation>Sedi con le stesse coordinate di un’altra: {count}</translation>
    </message>
    <message>
        <source>Same building, or a position taken from the town&apos;s centre?</source>
        <translation>Stesso edificio, o posizione presa dal centro del comune?</translation>
    </message>
    <message>
        <source>{count} of {table} have no {column}</source>
        <translation>{table} ({count}): «{column}» mancante</translation>
    </message>
    <message>
        <source>Fill the column in the table.</source>
        <translation>Compilare la colonna nella tabella.</translation>
    </message>
    <message>
        <source>{count} of {table}: “{value}” is no {column}</source>
        <translation>{table} ({count}): «{value}» non è ammesso in «{column}»</translation>
    </message>
    <message>
        <source>Choose one of: {choices}.</source>
        <translation>Scegliere uno tra: {choices}.</translation>
    </message>
    <message>
        <source>{count} of {table}: {column} outside {low} to {high} {unit}</source>
        <translation>{table} ({count}): «{column}» fuori dall’intervallo {low}–{high} {unit}</translation>
    </message>
    <message>
        <source>Check the value and its unit.</source>
        <translation>Controllare il valore e la sua unità.</translation>
    </message>
    <message>
        <source>{count} of {table} have no place on the map</source>
        <translation>{table} ({count}): posizione sulla mappa mancante</translation>
    </message>
    <message>
        <source>Draw or import their geometry.</source>
        <translation>Disegnarne o importarne la geometria.</translation>
    </message>
    <message>
        <source>{count} of {table} have a geometry that crosses itself</source>
        <translation>{table} ({count}): geometria che interseca sé stessa</translation>
    </message>
    <message>
        <source>Mend the geometry at its source.</source>
        <translation>Correggere la geometria nella fonte.</translation>
    </message>
    <message>
        <source>{count} of {table}: latitude and longitude are exchanged</source>
        <translation>{count} di {table}: latitudine e longitudine scambiate</translation>
    </message>
    <message>
        <source>Exchanged once more, they lie where the others are.</source>
        <translation>Scambiandole di nuovo, si trovano dove sono le altre.</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Aree</translation>
    </message>
    <message>
        <source>Other area</source>
        <translation>Altra area</translation>
    </message>
    <message>
        <source>Hazards</source>
        <translation>Pericolosità</translation>
    </message>
    <message>
        <source>Hazard</source>
        <translation>Pericolosità</translation>
    </message>
    <message>
        <source>Flood, rare (L)</source>
        <translation>Alluvione, rara (L)</translation>
    </message>
    <message>
        <source>Flood, medium (M)</source>
        <translation>Alluvione, media (M)</translation>
    </message>
    <message>
        <source>Flood, frequent (H)</source>
        <translation>Alluvione, frequente (H)</translation>
    </message>
    <message>
        <source>Streets</source>
        <translation>Strade</translation>
    </message>
    <message>
        <source>Barriers</source>
        <translation>Barriere</translation>
    </message>
    <message>
        <source>Other barrier</source>
        <translation>Altra barriera</translation>
    </message>
    <message>
        <source>Motorway (barrier)</source>
        <translation>Autostrada (barriera)</translation>
    </message>
    <message>
        <source>Aerial line</source>
        <translation>Linea aerea</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Tratta</translation>
    </message>
    <message>
        <source>Planned span</source>
        <translation>Tratta pianificata</translation>
    </message>
    <message>
        <source>In sewer</source>
        <translation>In fognatura</translation>
    </message>
    <message>
        <source>Town hall</source>
        <translation>Municipio</translation>
    </message>
    <message>
        <source>Plan nodes</source>
        <translation>Nodi del piano</translation>
    </message>
    <message>
        <source>New node</source>
        <translation>Nuovo nodo</translation>
    </message>
    <message>
        <source>New chamber</source>
        <translation>Nuovo pozzetto</translation>
    </message>
    <message>
        <source>Joint on the network</source>
        <translation>Giunto sulla rete</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Osservazioni</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Osservazione</translation>
    </message>
    <message>
        <source>Organisations</source>
        <translation>Organizzazioni</translation>
    </message>
    <message>
        <source>Towers</source>
        <translation>Torri</translation>
    </message>
    <message>
        <source>Agreements</source>
        <translation>Accordi</translation>
    </message>
    <message>
        <source>Assumptions</source>
        <translation>Ipotesi</translation>
    </message>
    <message>
        <source>Risk groups</source>
        <translation>Gruppi di rischio</translation>
    </message>
    <message>
        <source>Price lists</source>
        <translation>Elenchi prezzi</translation>
    </message>
    <message>
        <source>Price items</source>
        <translation>Voci di prezzo</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>Piani</translation>
    </message>
    <message>
        <source>Plan spans</source>
        <translation>Tratte del piano</translation>
    </message>
    <message>
        <source>Plan sites</source>
        <translation>Sedi del piano</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Revisioni</translation>
    </message>
    <message>
        <source>Failure rates</source>
        <translation>Tassi di guasto</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>Sensori</translation>
    </message>
    <message>
        <source>There is no plan {uid}.</source>
        <translation>Il piano {uid} non esiste.</translation>
    </message>
    <message>
        <source>The price list {list} has no items {codes}.</source>
        <translation>L’elenco prezzi {list} non ha le voci {codes}.</translation>
    </message>
    <message>
        <source>There is no network to connect to: no span in service and no node of type hub or pop.</source>
        <translation>Manca una rete a cui collegarsi: nessuna tratta in esercizio e nessun nodo di tipo hub o pop.</translation>
    </message>
    <message>
        <source>Joining streets, sites and network</source>
        <translation>Unione di strade, sedi e rete</translation>
    </message>
    <message>
        <source>Making the plan again under other conditions</source>
        <translation>Ricalcolo del piano con altre condizioni</translation>
    </message>
    <message>
        <source>{uid} is not part of the plan.</source>
        <translation>{uid} non fa parte del piano.</translation>
    </message>
    <message>
        <source>The other plans that are looked at need not keep limits on the length of routes or the hubs of sites: what they save or cost more may be too good.</source>
        <translation>Gli altri piani esaminati possono non rispettare limiti di lunghezza o hub assegnati: il risparmio o il maggior costo può essere troppo favorevole.</translation>
    </message>
    <message>
        <source>A plan that is {saving_eur} EUR cheaper was met on the way.</source>
        <translation>Nel calcolo è emerso un piano più economico di {saving_eur} EUR.</translation>
    </message>
    <message>
        <source>Make the plan again with a longer time limit.</source>
        <translation>Ricalcolare il piano con un limite di tempo maggiore.</translation>
    </message>
    <message>
        <source>Looking for the cheapest connection</source>
        <translation>Ricerca del collegamento meno costoso</translation>
    </message>
    <message>
        <source>Drawing up the plan</source>
        <translation>Stesura del piano</translation>
    </message>
    <message>
        <source>The network in service does not come within {tolerance_m} m of any usable street.</source>
        <translation>La rete in esercizio non arriva a meno di {tolerance_m} m da alcuna strada utilizzabile.</translation>
    </message>
    <message>
        <source>Its route to the hub is {length_m} m long; the limit is {limit_m} m.</source>
        <translation>Il percorso fino all’hub è di {length_m} m; il limite è {limit_m} m.</translation>
    </message>
    <message>
        <source>Plan {name}</source>
        <translation>Calcolo del piano «{name}»</translation>
    </message>
    <message>
        <source>The price list {list} has no item {code}.</source>
        <translation>L’elenco prezzi {list} non ha la voce {code}.</translation>
    </message>
    <message>
        <source>There is no price list “{name}”. Lists: {names}.</source>
        <translation>Non c’è un elenco prezzi «{name}». Elenchi: {names}.</translation>
    </message>
    <message>
        <source>A price list needs a name.</source>
        <translation>Un elenco prezzi deve avere un nome.</translation>
    </message>
    <message>
        <source>There is a price list “{name}” already; give another name, or make a new version of it.</source>
        <translation>C’è già un elenco prezzi «{name}»; dare un altro nome, oppure crearne una nuova versione.</translation>
    </message>
    <message>
        <source>Price list {name}, version {version}</source>
        <translation>Elenco prezzi {name}, versione {version}</translation>
    </message>
    <message>
        <source>Use the price list {name}</source>
        <translation>Usa l’elenco prezzi {name}</translation>
    </message>
    <message>
        <source>{factor} is no factor to index prices with.</source>
        <translation>{factor} non è un coefficiente con cui aggiornare i prezzi.</translation>
    </message>
    <message>
        <source>An index needs its source, such as ISTAT and its month.</source>
        <translation>Un indice richiede la sua fonte, ad esempio ISTAT e il mese.</translation>
    </message>
    <message>
        <source>Change prices of {name}</source>
        <translation>Modifica prezzi di {name}</translation>
    </message>
    <message>
        <source>{code}: low, typical and high are not in order: {low}, {typical}, {high}</source>
        <translation>{code}: minimo, tipico e massimo non sono in ordine: {low}, {typical}, {high}</translation>
    </message>
    <message>
        <source>The price list {name} stays; it serves: {plans}</source>
        <translation>L’elenco prezzi {name} resta; serve a: {plans}</translation>
    </message>
    <message>
        <source>Delete the price list {name}</source>
        <translation>Elimina l’elenco prezzi {name}</translation>
    </message>
    <message>
        <source>The project has the newest reference prices already.</source>
        <translation>Il progetto ha già i prezzi di riferimento più recenti.</translation>
    </message>
    <message>
        <source>Add the reference price lists</source>
        <translation>Aggiunta degli elenchi prezzi di riferimento</translation>
    </message>
    <message>
        <source>There is no price list {uid}.</source>
        <translation>L’elenco prezzi {uid} non esiste.</translation>
    </message>
    <message>
        <source>The price item {code} has no typical price.</source>
        <translation>La voce {code} non ha un prezzo tipico.</translation>
    </message>
    <message>
        <source>Connected by one route only: it has a single way to the streets.</source>
        <translation>Collegata da un solo percorso: ha un unico accesso alle vie.</translation>
    </message>
    <message>
        <source>Connected by one route only: every route uses the same {length_m} m, which have no alternative ({streets}).</source>
        <translation>Collegata da un solo percorso: ogni percorso usa gli stessi {length_m} m, senza alternativa ({streets}).</translation>
    </message>
    <message>
        <source>Connected by one route only: every route passes the same {count} junctions, which have no way around.</source>
        <translation>Collegata da un solo percorso: ogni percorso passa per gli stessi {count} incroci, che non si possono aggirare.</translation>
    </message>
    <message>
        <source>Connected by one route only: no second route avoids every section of the first.</source>
        <translation>Collegata da un solo percorso: nessun secondo percorso evita tutte le tratte del primo.</translation>
    </message>
    <message>
        <source>Allow a longer route, or another hub.</source>
        <translation>Ammettere un percorso più lungo o un altro hub.</translation>
    </message>
    <message>
        <source>The street {street}, {distance_m} m away, is not used: {why}. The nearest usable one is {missing_m} m away; a lead-in may be {limit_m} m long.</source>
        <translation>La via {street}, a {distance_m} m, non è usata: {why}. La più vicina utilizzabile è a {missing_m} m; un allacciamento può essere lungo {limit_m} m.</translation>
    </message>
    <message>
        <source>Make the street {street} public if its owner agrees to works there.</source>
        <translation>Rendere pubblica la via {street} se il proprietario ammette i lavori.</translation>
    </message>
    <message>
        <source>The nearest street that leads to the network is {distance_m} m away; a lead-in may be {limit_m} m long.</source>
        <translation>La via più vicina che porta alla rete è a {distance_m} m; un allacciamento può essere lungo {limit_m} m.</translation>
    </message>
    <message>
        <source>Allow lead-ins of {distance_m} m, add the street that is missing, or correct the site’s position.</source>
        <translation>Ammettere allacciamenti di {distance_m} m, aggiungere la via mancante o correggere la posizione della sede.</translation>
    </message>
    <message>
        <source>Every lead-in within {limit_m} m would cross {barrier}, which is closed.</source>
        <translation>Ogni allacciamento entro {limit_m} m attraverserebbe {barrier}, che è chiuso.</translation>
    </message>
    <message>
        <source>Allow crossing {barrier} at a price, or draw its gate.</source>
        <translation>Ammettere l’attraversamento di {barrier} a un prezzo, o disegnarne il varco.</translation>
    </message>
    <message>
        <source>Its street leads to the network only through what is closed: {names}.</source>
        <translation>La sua via porta alla rete solo attraverso ciò che è chiuso: {names}.</translation>
    </message>
    <message>
        <source>Open {names}.</source>
        <translation>Aprire {names}.</translation>
    </message>
    <message>
        <source>Its street leads nowhere: a part of {stretches} stretches, {gap_m} m away from the streets that reach the network.</source>
        <translation>La sua via non porta alla rete: fa parte di {stretches} tronchi a {gap_m} m dalle vie che la raggiungono.</translation>
    </message>
    <message>
        <source>Draw the missing link of {gap_m} m, or close gaps of that size when planning.</source>
        <translation>Disegnare il tronco mancante di {gap_m} m, o chiudere interruzioni di questa misura nella progettazione.</translation>
    </message>
    <message>
        <source>its access is “{code}”</source>
        <translation>l’accesso è «{code}»</translation>
    </message>
    <message>
        <source>its class is “{code}”</source>
        <translation>la classe è «{code}»</translation>
    </message>
    <message>
        <source>The site has no position.</source>
        <translation>La sede non ha una posizione.</translation>
    </message>
    <message>
        <source>Give the site a position on the map.</source>
        <translation>Assegnare alla sede una posizione sulla mappa.</translation>
    </message>
    <message>
        <source>Its lead-in of {distance_m} m would cross the barrier {barrier}, which must not be crossed.</source>
        <translation>Il raccordo di {distance_m} m attraverserebbe la barriera {barrier}, che non si può attraversare.</translation>
    </message>
    <message>
        <source>The nearest usable street is {distance_m} m away; a lead-in may be {limit_m} m long.</source>
        <translation>La strada utilizzabile più vicina è a {distance_m} m; il raccordo può misurare al massimo {limit_m} m.</translation>
    </message>
    <message>
        <source>What is to be avoided cuts it off from the network: {uids}.</source>
        <translation>Ciò che va evitato la separa dalla rete: {uids}.</translation>
    </message>
    <message>
        <source>Its nearest street leads nowhere (a part of {stretches} stretches, {gap_m} m away from the streets that reach the network), and no street that reaches it lies within {limit_m} m. Barriers that must not be crossed closed {closed} stretches of street.</source>
        <translation>La strada più vicina non porta alla rete (parte isolata, tratti: {stretches}, a {gap_m} m dalle strade che raggiungono la rete) e nessuna strada che la raggiunge si trova entro {limit_m} m. Tratti di strada chiusi da barriere non attraversabili: {closed}.</translation>
    </message>
    <message>
        <source>Its nearest street leads nowhere (a part of {stretches} stretches, {gap_m} m away from the streets that reach the network), and no street that reaches it lies within {limit_m} m.</source>
        <translation>La strada più vicina non porta alla rete (parte isolata, tratti: {stretches}, a {gap_m} m dalle strade che raggiungono la rete) e nessuna strada che la raggiunge si trova entro {limit_m} m.</translation>
    </message>
    <message>
        <source>Both routes depend on {name} of the existing network, which has no second way to a hub.</source>
        <translation>Entrambi i percorsi dipendono da {name} della rete esistente, che non ha una seconda via verso un hub.</translation>
    </message>
    <message>
        <source>No node of type hub or pop is in service.</source>
        <translation>Nessun nodo di tipo hub o pop è in esercizio.</translation>
    </message>
    <message>
        <source>Service comes from hub or pop, not {value}.</source>
        <translation>Il servizio proviene da hub o pop, non da {value}.</translation>
    </message>
    <message>
        <source>Looking for single points of failure</source>
        <translation>Ricerca dei punti critici</translation>
    </message>
    <message>
        <source>{count} sites have a node that reaches no hub even today.</source>
        <translation>Sedi il cui nodo già oggi non raggiunge alcun hub: {count}.</translation>
    </message>
    <message>
        <source>Computing availability</source>
        <translation>Calcolo della disponibilità</translation>
    </message>
    <message>
        <source>Parts fail independently; in storms and where routes share a trench they do not.</source>
        <translation>I guasti sono considerati indipendenti; con il maltempo e negli scavi comuni non lo sono.</translation>
    </message>
    <message>
        <source>Planned works are left out.</source>
        <translation>I lavori programmati non sono compresi.</translation>
    </message>
    <message>
        <source>Published cut rates come from the United States; none is published for cable in sewers.</source>
        <translation>I tassi di taglio pubblicati provengono dagli Stati Uniti; per i cavi in fognatura non ne esistono.</translation>
    </message>
    <message>
        <source>The site has no node in the network in use.</source>
        <translation>La sede non ha un nodo nella rete in uso.</translation>
    </message>
    <message>
        <source>{count} sites reach no source even when nothing fails.</source>
        <translation>{count} sedi non raggiungono alcun hub nemmeno senza guasti.</translation>
    </message>
    <message>
        <source>{share:.0%} of the time down rests on placeholders, not on sourced figures.</source>
        <translation>Il {share:.0%} del tempo di fermo poggia su valori provvisori, non su dati con fonte.</translation>
    </message>
    <message>
        <source>Enter own rates and repair times in the table of failure rates.</source>
        <translation>Inserire tassi e tempi di ripristino propri nella tabella dei tassi di guasto.</translation>
    </message>
    <message>
        <source>{count} spans name no node in use at an end and were left out.</source>
        <translation>Tratte tralasciate, senza nodo in uso a un estremo: {count}.</translation>
    </message>
    <message>
        <source>No hub or pop is in service: every existing span counts as the network.</source>
        <translation>Nessun hub o pop è in esercizio: ogni tratta esistente è considerata rete.</translation>
    </message>
    <message>
        <source>Set the type of the hub&apos;s node.</source>
        <translation>Impostare il tipo del nodo dell’hub.</translation>
    </message>
    <message>
        <source>{count} spans in service reach no hub and were not joined to.</source>
        <translation>Tratte in esercizio che non raggiungono alcun hub, escluse dagli innesti: {count}.</translation>
    </message>
    <message>
        <source>Barriers that must not be crossed closed {count} stretches of street.</source>
        <translation>Tratti di strada chiusi da barriere non attraversabili: {count}.</translation>
    </message>
    <message>
        <source>{percent} % of the typical cost rests on prices without a verified source.</source>
        <translation>Prezzi indicativi senza fonte verificata: {percent} % del costo tipico.</translation>
    </message>
    <message>
        <source>Replace the marked prices by your own.</source>
        <translation>Sostituire i prezzi contrassegnati con i propri.</translation>
    </message>
    <message>
        <source>Plan with the limit as a condition, or equip it with longer reach.</source>
        <translation>Progettare con il limite come condizione, o dotarla di apparati con portata maggiore.</translation>
    </message>
    <message>
        <source>{count} sites were attached to a street farther away, because the nearest one has no way to the network; their longest lead-in measures {longest_m} m.</source>
        <translation>Sedi allacciate a una strada più lontana perché la più vicina non porta alla rete: {count}; il loro raccordo più lungo misura {longest_m} m.</translation>
    </message>
    <message>
        <source>Close the gap in the streets if the nearest one is connected in truth.</source>
        <translation>Chiudere il vuoto nelle strade se in realtà la più vicina è collegata.</translation>
    </message>
    <message>
        <source>Rename plan “{old}” to “{name}”</source>
        <translation>Rinomina il piano «{old}» in «{name}»</translation>
    </message>
    <message>
        <source>Note on plan “{name}”</source>
        <translation>Nota al piano «{name}»</translation>
    </message>
    <message>
        <source>Colour of plan “{name}”</source>
        <translation>Colore del piano «{name}»</translation>
    </message>
    <message>
        <source>Plan “{name}” is under review and cannot be changed.</source>
        <translation>Il piano «{name}» è in esame e non si può modificare.</translation>
    </message>
    <message>
        <source>A plan needs a name.</source>
        <translation>Il piano deve avere un nome.</translation>
    </message>
    <message>
        <source>Unknown protection: {value}.</source>
        <translation>Protezione sconosciuta: {value}.</translation>
    </message>
    <message>
        <source>Unknown technique: {value}.</source>
        <translation>Tecnica sconosciuta: {value}.</translation>
    </message>
    <message>
        <source>Unknown rule for lengths: {value}.</source>
        <translation>Regola sconosciuta per le lunghezze: {value}.</translation>
    </message>
    <message>
        <source>Two routes for each site cannot be planned together with a fixed length or hub; ask for one of them.</source>
        <translation>Due percorsi per sede non si possono progettare insieme a una lunghezza o a un hub fissati; scegliere una delle due cose.</translation>
    </message>
    <message>
        <source>A plan named {name} exists already.</source>
        <translation>Esiste già un piano di nome {name}.</translation>
    </message>
    <message>
        <source>Copy plan “{old}” as “{name}”</source>
        <translation>Copia del piano «{old}» come «{name}»</translation>
    </message>
    <message>
        <source>The plan {name} is submitted, approved or accepted and cannot be replaced.</source>
        <translation>Il piano {name} è presentato, approvato o accettato e non può essere sostituito.</translation>
    </message>
    <message>
        <source>Unknown sites: {uids}</source>
        <translation>Sedi sconosciute: {uids}</translation>
    </message>
    <message>
        <source>There is no usable street to plan along.</source>
        <translation>Non ci sono strade utilizzabili per il piano.</translation>
    </message>
    <message>
        <source>No route leads from the site to a hub.</source>
        <translation>Nessun percorso porta dalla sede a un hub.</translation>
    </message>
    <message>
        <source>Looking for a first tree</source>
        <translation>Ricerca di un primo albero</translation>
    </message>
    <message>
        <source>Improving the tree and its bound</source>
        <translation>Miglioramento dell’albero e del limite</translation>
    </message>
    <message>
        <source>Agreements and risk groups of the demo</source>
        <translation>Accordi e gruppi di rischio della dimostrazione</translation>
    </message>
    <message>
        <source>Gathering the plan</source>
        <translation>Raccolta dei dati del piano</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>Scrittura di {name}</translation>
    </message>
    <message>
        <source>No site is called {uids}; give “all”, uids or “where:CONDITION”</source>
        <translation>Nessuna sede si chiama {uids}; indicare «all», uid oppure «where:CONDIZIONE»</translation>
    </message>
    <message>
        <source>{count} sites are called “{name}”; give the uid</source>
        <translation>Più sedi si chiamano «{name}» ({count}); indicare l’uid</translation>
    </message>
    <message>
        <source>There is no site “{name}”</source>
        <translation>La sede «{name}» non esiste</translation>
    </message>
    <message>
        <source>No site is chosen by “{selector}”</source>
        <translation>«{selector}» non seleziona alcuna sede</translation>
    </message>
    <message>
        <source>Assumption without a verified source: replace before use</source>
        <translation>Ipotesi senza fonte verificata: sostituire prima dell’uso</translation>
    </message>
    <message>
        <source>Published evidence: Sirti/Anfov 2009 (60); averages France and Germany (100); Germany 2022 (150)</source>
        <translation>Dati pubblicati: Sirti/Anfov 2009 (60); medie Francia e Germania (100); Germania 2022 (150)</translation>
    </message>
    <message>
        <source>Assumption between published figures: 30 (Sirti/Anfov 2009, mini-trench) and 60 (the same, trench)</source>
        <translation>Ipotesi tra valori pubblicati: 30 (Sirti/Anfov 2009, minitrincea) e 60 (stessa fonte, trincea)</translation>
    </message>
    <message>
        <source>Range 40-60 from German practitioners; the middle is assumed</source>
        <translation>Intervallo 40-60 da operatori tedeschi; il valore centrale è ipotizzato</translation>
    </message>
    <message>
        <source>Derived from published totals for Milan: 7.5 million EUR for 250 km, 1.6 million EUR for 80 km</source>
        <translation>Derivato da totali pubblicati per Milano: 7,5 milioni di euro per 250 km, 1,6 milioni di euro per 80 km</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15TCC00003 (one duct 40 mm), 15TCC00014 (two 63 mm), 15TCC00016 (two 110 mm)</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15TCC00003 (un tubo da 40 mm), 15TCC00014 (due da 63 mm), 15TCC00016 (due da 110 mm)</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15TRR00001 type H (low), 15TRR00005 type D (typical); high end assumed</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15TRR00001 tipo H (minimo), 15TRR00005 tipo D (tipico); massimo ipotizzato</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15TRR00010 type M (low), chamber 40 x 40 (typical); high end assumed</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15TRR00010 tipo M (minimo), pozzetto 40 x 40 (tipico); massimo ipotizzato</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15APA00002 passage 63 x 63 cm (low), 15TRR00001 type H (typical), 15TRR00005 type D (high)</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15APA00002 pozzetto di passaggio 63 x 63 cm (minimo), 15TRR00001 tipo H (tipico), 15TRR00005 tipo D (massimo)</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15PCC00004 (low, typical), 15PCC00001 (high)</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15PCC00004 (minimo, tipico), 15PCC00001 (massimo)</translation>
    </message>
    <message>
        <source>Junta de Andalucía, BCCA 2024-01: 15PCC90005 asphalt S-12 (low), with 01UPP00030 demolition (typical), 15PCC00001 carriageway with demolition (high)</source>
        <translation>Junta de Andalucía, BCCA 2024-01: 15PCC90005 asfalto S-12 (minimo), con demolizione 01UPP00030 (tipico), 15PCC00001 carreggiata con demolizione (massimo)</translation>
    </message>
    <message>
        <source>Assumption: termination 600 / 1000 / 1800 all-in less 4 splices and 4 measurements</source>
        <translation>Assunzione: terminazione 600 / 1000 / 1800 tutto compreso, meno 4 giunzioni e 4 misure</translation>
    </message>
    <message>
        <source>Several, named at each item; placeholders are marked</source>
        <translation>Varie, indicate per ogni voce; i prezzi indicativi sono contrassegnati</translation>
    </message>
    <message>
        <source>modelled</source>
        <translation>simulato</translation>
    </message>
    <message>
        <source>modelled: drawn by hand through named places</source>
        <translation>simulato: disegnato a mano attraverso località note</translation>
    </message>
    <message>
        <source>modelled: extent guessed from the residents</source>
        <translation>simulato: estensione stimata dai residenti</translation>
    </message>
    <message>
        <source>modelled: a strip along the river, not the official PGRA zone</source>
        <translation>simulato: una fascia lungo il fiume, non l’area ufficiale del PGRA</translation>
    </message>
    <message>
        <source>modelled: only the numbers, 90 signed and 55 in operation, are facts</source>
        <translation>simulato: reali solo i numeri, 90 firmate e 55 operative</translation>
    </message>
    <message>
        <source>modelled: slack 3 % and 30 m; fibre length = fibres x cable length</source>
        <translation>simulato: scorta 3 % e 30 m; lunghezza fibra = fibre x lunghezza cavo</translation>
    </message>
    <message>
        <source>ISTAT codes; centres from Dicelessman/QuoVadiScouts rounded to 0.001 degrees; residents from ISPRA IdroGEO 2020; border modelled, approximate</source>
        <translation>Codici ISTAT; centri da Dicelessman/QuoVadiScouts arrotondati a 0,001 gradi; residenti da ISPRA IdroGEO 2020; confine simulato, approssimato</translation>
    </message>
    <message>
        <source>centre of the main settlement, rounded to 0.001 degrees</source>
        <translation>centro dell’abitato principale, arrotondato a 0,001 gradi</translation>
    </message>
    <message>
        <source>public address</source>
        <translation>indirizzo pubblico</translation>
    </message>
    <message>
        <source>position assumed</source>
        <translation>posizione ipotizzata</translation>
    </message>
    <message>
        <source>position of the exit assumed</source>
        <translation>posizione dell’uscita ipotizzata</translation>
    </message>
    <message>
        <source>approximate course</source>
        <translation>percorso approssimato</translation>
    </message>
    <message>
        <source>approximate outline</source>
        <translation>contorno approssimato</translation>
    </message>
    <message>
        <source>for the demo only</source>
        <translation>solo per la dimostrazione</translation>
    </message>
    <message>
        <source>tower not connected yet</source>
        <translation>torre non ancora collegata</translation>
    </message>
    <message>
        <source>place of the node within the building modelled</source>
        <translation>posizione del nodo nell’edificio simulata</translation>
    </message>
    <message>
        <source>position, height and ground elevation modelled</source>
        <translation>posizione, altezza e quota del terreno simulate</translation>
    </message>
    <message>
        <source>which municipalities have signed is modelled</source>
        <translation>simulata la scelta dei comuni firmatari</translation>
    </message>
    <message>
        <source>modelled position; meaning of &apos;5 guaranteed&apos; to be confirmed</source>
        <translation>posizione simulata; significato di «5 garantiti» da confermare</translation>
    </message>
    <message>
        <source>modelled position and rate</source>
        <translation>posizione e banda simulate</translation>
    </message>
    <message>
        <source>state and rates modelled</source>
        <translation>stato e bande simulati</translation>
    </message>
    <message>
        <source>modelled rate</source>
        <translation>banda simulata</translation>
    </message>
    <message>
        <source>modelled split of 1 to 2.5 Gbit/s</source>
        <translation>ripartizione simulata tra 1 e 2,5 Gbit/s</translation>
    </message>
    <message>
        <source>modelled rate; position beside the hub</source>
        <translation>banda simulata; posizione accanto all’hub</translation>
    </message>
    <message>
        <source>modelled flood zone: the spans in it may fail together</source>
        <translation>area allagabile simulata: le sue tratte possono guastarsi insieme</translation>
    </message>
    <message>
        <source>Assumption</source>
        <translation>Ipotesi</translation>
    </message>
    <message>
        <source>Assumption: the safety plan (PSC) decides</source>
        <translation>Ipotesi: decide il piano di sicurezza (PSC)</translation>
    </message>
    <message>
        <source>Ordinary rate, D.P.R. 633/1972, art. 16; whether a reduced rate applies is for the tax adviser</source>
        <translation>Aliquota ordinaria, D.P.R. 633/1972, art. 16; se si applichi un’aliquota ridotta spetta al consulente fiscale</translation>
    </message>
    <message>
        <source>Ordinary rate, D.P.R. 633/1972, art. 16</source>
        <translation>Aliquota ordinaria, D.P.R. 633/1972, art. 16</translation>
    </message>
    <message>
        <source>Assumption: 40 years and more for ducts and fibre, 10 for electronics in cabinets, 5 at customers according to upfibre.uk (excerpt); 30 years of accepted depreciation life of fibre, Technology Futures Inc. (excerpt)</source>
        <translation>Ipotesi: 40 anni e più per tubazioni e fibra, 10 per l’elettronica negli armadi, 5 presso i clienti secondo upfibre.uk (estratto); 30 anni di vita contabile accettata della fibra, Technology Futures Inc. (estratto)</translation>
    </message>
    <message>
        <source>Assumption: accepted depreciation life of fibre plant, Technology Futures Inc. as quoted on the Link mailing list 2010 (excerpt); choose the body&apos;s own</source>
        <translation>Ipotesi: vita contabile accettata degli impianti in fibra, Technology Futures Inc. citata nella lista Link 2010 (estratto); scegliere quella dell’ente</translation>
    </message>
    <message>
        <source>Assumption: no price; enter the fee of the licence where radio links are planned</source>
        <translation>Ipotesi: nessun prezzo; inserire il canone della licenza dove sono previsti collegamenti radio</translation>
    </message>
    <message>
        <source>Assumption: no wayleave on joints and lead-ins</source>
        <translation>Ipotesi: nessun canone su raccordi e allacciamenti</translation>
    </message>
    <message>
        <source>Assumption: the body&apos;s treasurer or the programme decides (Evans in Florio, ed., 2007 quotes a benchmark of 5 % of the European Commission and a German rate of 3 %; excerpt)</source>
        <translation>Ipotesi: decide la ragioneria dell’ente o il programma (Evans in Florio, a cura di, 2007 riporta un riferimento del 5 % della Commissione europea e un tasso tedesco del 3 %; estratto)</translation>
    </message>
    <message>
        <source>Assumption: the discount rate is real, prices are constant</source>
        <translation>Ipotesi: il tasso di sconto è reale, a prezzi costanti</translation>
    </message>
    <message>
        <source>Client&apos;s figure: about 2 million euro of project financing belong to the programme; default budget, to be edited</source>
        <translation>Dato del committente: al programma appartengono circa 2 milioni di euro di finanziamento; budget iniziale, da modificare</translation>
    </message>
    <message>
        <source>Nothing is assumed: enter the body&apos;s own figure to have it counted</source>
        <translation>Nessuna ipotesi: inserire il valore dell’ente perché sia conteggiato</translation>
    </message>
    <message>
        <source>Radio links are no part of plans: enter their number where a plan needs some</source>
        <translation>I piani non contengono collegamenti radio: inserirne il numero dove servono</translation>
    </message>
    <message>
        <source>Spent once: neither renewed nor worth anything at the end</source>
        <translation>Speso una volta: né rinnovato né di valore alla fine</translation>
    </message>
    <message>
        <source>given in this project</source>
        <translation>indicato in questo progetto</translation>
    </message>
    <message>
        <source>{option} wants a number, not “{value}”</source>
        <translation>{option} richiede un numero, non «{value}»</translation>
    </message>
    <message>
        <source>{option} wants FIRST-LAST, not “{value}”</source>
        <translation>{option} vuole PRIMO-ULTIMO, non «{value}»</translation>
    </message>
    <message>
        <source>{option} wants YEAR=EURO, not “{value}”</source>
        <translation>{option} richiede ANNO=EURO, non «{value}»</translation>
    </message>
    <message>
        <source>Groups of network plus plan cannot be stored: accept the plan first.</source>
        <translation>I gruppi di rete e piano non si possono salvare: accettare prima il piano.</translation>
    </message>
    <message>
        <source>Give either --site or --sites.</source>
        <translation>Indicare --site oppure --sites.</translation>
    </message>
    <message>
        <source>A short name, such as span.sewer</source>
        <translation>Un nome breve, come span.sewer</translation>
    </message>
    <message>
        <source>Applies to</source>
        <translation>Vale per</translation>
    </message>
    <message>
        <source>Node type</source>
        <translation>Tipo di nodo</translation>
    </message>
    <message>
        <source>Kind of risk</source>
        <translation>Tipo di rischio</translation>
    </message>
    <message>
        <source>For spans</source>
        <translation>Per le tratte</translation>
    </message>
    <message>
        <source>For nodes and shared risks</source>
        <translation>Per nodi e rischi comuni</translation>
    </message>
    <message>
        <source>Mean time from failure to service</source>
        <translation>Tempo medio dal guasto al servizio</translation>
    </message>
    <message>
        <source>Year of the figure</source>
        <translation>Anno del dato</translation>
    </message>
    <message>
        <source>As listed, such as B3 or discount_rate</source>
        <translation>Come in elenco, ad esempio B3 o discount_rate</translation>
    </message>
    <message>
        <source>An assumed figure without a verified source</source>
        <translation>Un valore ipotizzato senza fonte verificata</translation>
    </message>
    <message>
        <source>“{uid}” is no hub or pop in service.</source>
        <translation>«{uid}» non è un hub o pop in servizio.</translation>
    </message>
    <message>
        <source>Not counted, since the project names no figure for it: {codes}.</source>
        <translation>Non conteggiato, perché il progetto non ne indica il valore: {codes}.</translation>
    </message>
    <message>
        <source>The plans are priced with different lists; their costs do not compare.</source>
        <translation>I piani usano elenchi prezzi diversi; i costi non sono confrontabili.</translation>
    </message>
    <message>
        <source>Unknown key of payment: {value}; known are {known}</source>
        <translation>Criterio di ripartizione sconosciuto: {value}; sono noti {known}</translation>
    </message>
    <message>
        <source>The plan {name} has two routes for each site; only plans without protection can be explained.</source>
        <translation>Il piano {name} ha due percorsi per sede; si possono spiegare solo i piani senza protezione.</translation>
    </message>
    <message>
        <source>The data have changed since the plan {name} was made, and its sections are not found in them any more. Make the plan again.</source>
        <translation>I dati sono cambiati da quando il piano {name} è stato calcolato e le sue tratte non vi si trovano più. Ricalcolare il piano.</translation>
    </message>
    <message>
        <source>The plan {name} does not say how it was made.</source>
        <translation>Il piano {name} non dice come è stato calcolato.</translation>
    </message>
    <message>
        <source>Failures at once: 1 or 2, not {depth}.</source>
        <translation>Guasti contemporanei: 1 o 2, non {depth}.</translation>
    </message>
    <message>
        <source>Not a span, node, conduit or risk group in use: {uids}</source>
        <translation>Non è una tratta, un nodo, un cavidotto o un gruppo di rischio in uso: {uids}</translation>
    </message>
    <message>
        <source>Not a risk group with members in use: {uids}</source>
        <translation>Non è un gruppo di rischio con elementi in uso: {uids}</translation>
    </message>
    <message>
        <source>Computing what each measure avoids</source>
        <translation>Calcolo di ciò che ogni intervento evita</translation>
    </message>
    <message>
        <source>Measures are ranked one by one; their effects overlap. The sequence is computed again after each choice.</source>
        <translation>Gli interventi sono ordinati uno per uno; gli effetti si sovrappongono. La sequenza viene ricalcolata dopo ogni scelta.</translation>
    </message>
    <message>
        <source>Looking for ways round weak points</source>
        <translation>Ricerca di alternative ai punti deboli</translation>
    </message>
    <message>
        <source>No measure was found.</source>
        <translation>Nessun intervento trovato.</translation>
    </message>
    <message>
        <source>There is no measure {pick}; there are {count}.</source>
        <translation>L’intervento {pick} non esiste; ce ne sono {count}.</translation>
    </message>
    <message>
        <source>No failure rate fits {kind}.</source>
        <translation>Nessun tasso di guasto per {kind}.</translation>
    </message>
    <message>
        <source>The failure rate {code} needs a rate and a time to repair.</source>
        <translation>Il tasso di guasto {code} richiede un tasso e un tempo di ripristino.</translation>
    </message>
    <message>
        <source>Add the reference failure rates</source>
        <translation>Aggiunta dei tassi di guasto di riferimento</translation>
    </message>
    <message>
        <source>Letting each part fail</source>
        <translation>Simulazione di ogni guasto</translation>
    </message>
    <message>
        <source>Letting pairs fail</source>
        <translation>Simulazione di coppie di guasti</translation>
    </message>
    <message>
        <source>“{uid}” must be used, but no technique, class of road, access or spare place allows it.</source>
        <translation>«{uid}» va usata, ma nessuna tecnica, classe stradale, accesso o posto libero lo permette.</translation>
    </message>
    <message>
        <source>No usable street is near the way-point {text}.</source>
        <translation>Nessuna via utilizzabile vicino al punto di passaggio {text}.</translation>
    </message>
    <message>
        <source>“{uid}” must be part of the plan, but {by} cuts it off from the network.</source>
        <translation>«{uid}» deve far parte del piano, ma {by} la separa dalla rete.</translation>
    </message>
    <message>
        <source>“{uid}” must be part of the plan, but no street leads from it to the network.</source>
        <translation>«{uid}» deve far parte del piano, ma nessuna via la unisce alla rete.</translation>
    </message>
    <message>
        <source>“{uid}” must be part of the plan, but {by} closes it.</source>
        <translation>«{uid}» deve far parte del piano, ma {by} la chiude.</translation>
    </message>
    <message>
        <source>Section “{uid}” cannot be kept: it does not follow the streets, conduits and lead-ins of today.</source>
        <translation>La tratta «{uid}» non si può mantenere: non segue le vie, i cavidotti e gli allacciamenti attuali.</translation>
    </message>
    <message>
        <source>No route leads to its hub {hub}: no part of the network within reach does.</source>
        <translation>Nessun percorso porta al suo hub {hub}: nessuna parte raggiungibile della rete vi arriva.</translation>
    </message>
    <message>
        <source>Its shortest possible route to a hub is {length_m} m long; the limit is {limit_m} m.</source>
        <translation>Il percorso più breve possibile fino a un hub è di {length_m} m; il limite è {limit_m} m.</translation>
    </message>
    <message>
        <source>“{uid}” is none of the objects that can be asked for here.</source>
        <translation>«{uid}» non è tra gli oggetti che si possono indicare qui.</translation>
    </message>
    <message>
        <source>“{uid}” cannot be both used and avoided.</source>
        <translation>«{uid}» non può essere insieme usata ed evitata.</translation>
    </message>
    <message>
        <source>There is no plan or section “{uid}” to keep.</source>
        <translation>Non c’è un piano o una tratta «{uid}» da mantenere.</translation>
    </message>
    <message>
        <source>“{uid}” is no area, so it cannot be kept clear of.</source>
        <translation>«{uid}» non è un’area, quindi non si può evitare.</translation>
    </message>
    <message>
        <source>The way-point “{text}” is neither a node nor LON,LAT in degrees.</source>
        <translation>Il punto di passaggio «{text}» non è né un nodo né LON,LAT in gradi.</translation>
    </message>
    <message>
        <source>The way-point “{text}” lies nowhere.</source>
        <translation>Il punto di passaggio «{text}» non ha posizione.</translation>
    </message>
    <message>
        <source>Improving: {cost_eur} € so far</source>
        <translation>Miglioramento: finora {cost_eur} €</translation>
    </message>
    <message>
        <source>Improving: {cost_eur} € so far, at least {bound_eur} € needed</source>
        <translation>Miglioramento: finora {cost_eur} €, servono almeno {bound_eur} €</translation>
    </message>
    <message>
        <source>Choosing the years</source>
        <translation>Scelta degli anni</translation>
    </message>
    <message>
        <source>Looking at what more money would buy</source>
        <translation>Esame di ciò che si otterrebbe con più fondi</translation>
    </message>
    <message>
        <source>Phases need a budget of 0 or more for each year.</source>
        <translation>Le fasi richiedono per ogni anno un budget non negativo.</translation>
    </message>
    <message>
        <source>At high prices the money does not suffice in {years}; the phases hold at typical prices.</source>
        <translation>Ai prezzi alti i fondi non bastano nel {years}; le fasi valgono ai prezzi tipici.</translation>
    </message>
    <message>
        <source>No funding covers {uncovered_eur} EUR of the phases.</source>
        <translation>Nessun finanziamento copre {uncovered_eur} EUR delle fasi.</translation>
    </message>
    <message>
        <source>The budgets do not reach so far.</source>
        <translation>I fondi non bastano.</translation>
    </message>
    <message>
        <source>Phases of plan {name}</source>
        <translation>Fasi del piano {name}</translation>
    </message>
    <message>
        <source>Choosing sites and improving the bound</source>
        <translation>Scelta delle sedi e miglioramento del limite</translation>
    </message>
    <message>
        <source>Same sewer collector: {name}</source>
        <translation>Stesso collettore fognario: {name}</translation>
    </message>
    <message>
        <source>Same duct: {name}</source>
        <translation>Stesso cavidotto: {name}</translation>
    </message>
    <message>
        <source>Same trench: within {distance_m:.0f} m of each other along {length_m:.0f} m</source>
        <translation>Stesso scavo: a meno di {distance_m:.0f} m l’una dall’altra per {length_m:.0f} m</translation>
    </message>
    <message>
        <source>Same bridge: {name}</source>
        <translation>Stesso ponte: {name}</translation>
    </message>
    <message>
        <source>Same crossing of the river {name}</source>
        <translation>Stesso attraversamento del corso d’acqua {name}</translation>
    </message>
    <message>
        <source>Same crossing of the railway {name}</source>
        <translation>Stesso attraversamento della ferrovia {name}</translation>
    </message>
    <message>
        <source>Same supply of power: {name}</source>
        <translation>Stessa alimentazione elettrica: {name}</translation>
    </message>
    <message>
        <source>Same hazard zone: {name}, scenario {scenario}</source>
        <translation>Stessa area di pericolo: {name}, scenario {scenario}</translation>
    </message>
    <message>
        <source>Same chamber: {name}</source>
        <translation>Stesso pozzetto: {name}</translation>
    </message>
    <message>
        <source>Same building entry: {name}</source>
        <translation>Stesso ingresso dell’edificio: {name}</translation>
    </message>
    <message>
        <source>Same tower or pole: {name}</source>
        <translation>Stessa torre o palo: {name}</translation>
    </message>
    <message>
        <source>Same hub: {name}</source>
        <translation>Stesso hub: {name}</translation>
    </message>
    <message>
        <source>Looking for what lies together</source>
        <translation>Ricerca di ciò che sta insieme</translation>
    </message>
    <message>
        <source>Make risk groups</source>
        <translation>Creazione dei gruppi di rischio</translation>
    </message>
    <message>
        <source>Groups of kind {kinds} are not made automatically; {known} are.</source>
        <translation>I gruppi di tipo {kinds} non si creano automaticamente; si creano {known}.</translation>
    </message>
    <message>
        <source>Walking along the streets</source>
        <translation>Percorrenza delle vie</translation>
    </message>
    <message>
        <source>No street leads there from the origin.</source>
        <translation>Nessuna via vi porta dall’origine.</translation>
    </message>
    <message>
        <source>No street leads to {origin}, or it is not in service.</source>
        <translation>Nessuna via porta a {origin}, o non è in servizio.</translation>
    </message>
    <message>
        <source>There is no node or site {uid}.</source>
        <translation>Non c’è un nodo o una sede {uid}.</translation>
    </message>
    <message>
        <source>A budget cannot buy as much “{value}” as it can.</source>
        <translation>Con un budget non si può ottenere quanto più «{value}» possibile.</translation>
    </message>
    <message>
        <source>{amount} € is no amount to plan with.</source>
        <translation>{amount} € non è un importo utilizzabile.</translation>
    </message>
    <message>
        <source>Sites cannot be left out of a plan with two routes for each site, a fixed length or a fixed hub; ask for one of them.</source>
        <translation>Non si possono escludere sedi da un piano con due percorsi per sede, una lunghezza o un hub fissati; scegliere una delle due cose.</translation>
    </message>
    <message>
        <source>None of the sites says what it is worth; give a worth for all, or fill in the field “Worth” of the sites.</source>
        <translation>Nessuna sede indica il proprio valore; indicarne uno per tutte, o compilare il campo «Valore» delle sedi.</translation>
    </message>
    <message>
        <source>What must be built alone costs more than the budget.</source>
        <translation>Ciò che va costruito comunque supera il budget.</translation>
    </message>
    <message>
        <source>Connecting it on top would cost {marginal_eur} €; it is worth {value_eur} €.</source>
        <translation>Collegarla in più costerebbe {marginal_eur} €; vale {value_eur} €.</translation>
    </message>
    <message>
        <source>It would cost {marginal_eur} € on top; {left_eur} € of the budget are left.</source>
        <translation>Costerebbe {marginal_eur} € in più; restano {left_eur} € del budget.</translation>
    </message>
    <message>
        <source>Improving the network and its bound</source>
        <translation>Miglioramento della rete e del limite</translation>
    </message>
    <message>
        <source>There are not two hubs or pops in service.</source>
        <translation>Non ci sono due hub o pop in servizio.</translation>
    </message>
    <message>
        <source>No span in service has the role “ring”.</source>
        <translation>Nessuna tratta in servizio ha il ruolo «anello».</translation>
    </message>
    <message>
        <source>No node, span, street, conduit, barrier, zone or risk group is “{name}”.</source>
        <translation>Nessun nodo, tratta, via, cavidotto, barriera, area o gruppo di rischio è «{name}».</translation>
    </message>
    <message>
        <source>No route can pass “{name}”: nothing leads there.</source>
        <translation>Nessun percorso può passare da «{name}»: nulla vi porta.</translation>
    </message>
    <message>
        <source>Looking for two diverse routes</source>
        <translation>Ricerca di due percorsi diversi</translation>
    </message>
    <message>
        <source>The routes come within {distance_m:.0f} m of each other</source>
        <translation>I percorsi si avvicinano a meno di {distance_m:.0f} m</translation>
    </message>
    <message>
        <source>“{value}” is none of {choices}</source>
        <translation>«{value}» non è tra {choices}</translation>
    </message>
    <message>
        <source>Same risk group: {name}</source>
        <translation>Stesso gruppo di rischio: {name}</translation>
    </message>
    <message>
        <source>Same span: {name}</source>
        <translation>Stessa tratta: {name}</translation>
    </message>
    <message>
        <source>Same new route along {name}</source>
        <translation>Stesso nuovo tracciato lungo {name}</translation>
    </message>
    <message>
        <source>Both routes cross at this junction</source>
        <translation>I due percorsi si incrociano qui</translation>
    </message>
    <message>
        <source>Same node: {name}</source>
        <translation>Stesso nodo: {name}</translation>
    </message>
    <message>
        <source>The plan has no section “{uid}”.</source>
        <translation>Il piano non ha una tratta «{uid}».</translation>
    </message>
    <message>
        <source>Lock sections of plan “{name}”</source>
        <translation>Blocco di tratte del piano «{name}»</translation>
    </message>
    <message>
        <source>Unlock sections of plan “{name}”</source>
        <translation>Sblocco di tratte del piano «{name}»</translation>
    </message>
    <message>
        <source>None of the sites is connected to a hub yet.</source>
        <translation>Nessuna delle sedi è ancora collegata a un hub.</translation>
    </message>
    <message>
        <source>No street or conduit leads around what it depends on ({spans}).</source>
        <translation>Nessuna via o cavidotto aggira ciò da cui dipende ({spans}).</translation>
    </message>
    <message>
        <source>No two routes without a common risk were found in time.</source>
        <translation>Entro il tempo non sono stati trovati due percorsi senza rischi in comune.</translation>
    </message>
    <message>
        <source>Its two routes share no section, but no two without a common risk were found: the least-shared ones have {length_m} m in common ({shared}).</source>
        <translation>I suoi due percorsi non hanno tratte in comune, ma non ne sono stati trovati due senza rischi in comune: i meno condivisi hanno {length_m} m in comune ({shared}).</translation>
    </message>
    <message>
        <source>Connected by one route only: even the least-shared two have {length_m} m in common ({shared}).</source>
        <translation>Collegata da un solo percorso: anche i due meno condivisi hanno {length_m} m in comune ({shared}).</translation>
    </message>
    <message>
        <source>“{text}” is no rectangle: west,south,east,north in metres or degrees.</source>
        <translation>«{text}» non è un rettangolo: ovest,sud,est,nord in metri o gradi.</translation>
    </message>
    <message>
        <source>“add” needs a name and --bbox, “delete” needs a name.</source>
        <translation>«add» richiede un nome e --bbox, «delete» richiede un nome.</translation>
    </message>
    <message>
        <source>Give either --bbox or --bookmark, not both.</source>
        <translation>Indicare --bbox o --bookmark, non entrambi.</translation>
    </message>
    <message>
        <source>{option} wants euro, not “{value}”</source>
        <translation>{option} vuole un importo in euro, non «{value}»</translation>
    </message>
    <message>
        <source>{option} wants a date YYYY-MM-DD, not “{value}”</source>
        <translation>{option} vuole una data AAAA-MM-GG, non «{value}»</translation>
    </message>
    <message>
        <source>{options} exclude each other</source>
        <translation>{options} si escludono a vicenda</translation>
    </message>
    <message>
        <source>Unknown part of the report: {value}; {known}</source>
        <translation>Parte della relazione sconosciuta: {value}; {known}</translation>
    </message>
    <message>
        <source>A scale of map sheets is between 1:{least} and 1:{most}.</source>
        <translation>La scala dei fogli va da 1:{least} a 1:{most}.</translation>
    </message>
    <message>
        <source>At 1:{scale} the route needs more than {most} map sheets.</source>
        <translation>In scala 1:{scale} il tracciato richiede più di {most} fogli.</translation>
    </message>
    <message>
        <source>{name} cannot be written: the name must end in {suffixes}.</source>
        <translation>{name} non si può scrivere: il nome deve finire in {suffixes}.</translation>
    </message>
    <message>
        <source>The scale must lie between 1:{least} and 1:{largest}.</source>
        <translation>La scala deve essere tra 1:{least} e 1:{largest}.</translation>
    </message>
    <message>
        <source>There is no paper {paper}; there are {papers}.</source>
        <translation>Il formato {paper} non esiste; ci sono {papers}.</translation>
    </message>
    <message>
        <source>Map {title} at scale 1:{scale}</source>
        <translation>Mappa {title} in scala 1:{scale}</translation>
    </message>
    <message>
        <source>Remark by</source>
        <translation>Autore dell’osservazione</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Risposta</translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation>Autore della risposta</translation>
    </message>
    <message>
        <source>State of the remark</source>
        <translation>Stato dell’osservazione</translation>
    </message>
    <message>
        <source>There is no text</source>
        <translation>Manca il testo</translation>
    </message>
    <message>
        <source>It names neither an object of the project nor a place</source>
        <translation>Non indica né un oggetto del progetto né un luogo</translation>
    </message>
    <message>
        <source>The key of the row is missing or names nothing known</source>
        <translation>La chiave della riga manca o non indica nulla di noto</translation>
    </message>
    <message>
        <source>The remark that it answers is not known</source>
        <translation>L’osservazione a cui risponde non è nota</translation>
    </message>
    <message>
        <source>Import remarks from {name}</source>
        <translation>Importazione delle osservazioni da {name}</translation>
    </message>
    <message>
        <source>{where}, row {row}: {what}</source>
        <translation>{where}, riga {row}: {what}</translation>
    </message>
    <message>
        <source>the remark is “{ours}” here and “{theirs}” in the file; both were changed, so it stays as it is here</source>
        <translation>l’osservazione è «{ours}» qui e «{theirs}» nel file; entrambe sono cambiate, quindi resta com’è qui</translation>
    </message>
    <message>
        <source>its text differs from the one here; the file&apos;s text was added as an answer</source>
        <translation>il testo è diverso da quello presente qui; quello del file è stato aggiunto come risposta</translation>
    </message>
    <message>
        <source>{name} has no column of remarks; it has: {columns}</source>
        <translation>{name} non ha una colonna di osservazioni; contiene: {columns}</translation>
    </message>
    <message>
        <source>{name} holds vector tiles, which are not drawn; a file with pictures (PNG, JPEG) is needed.</source>
        <translation>{name} contiene tasselli vettoriali, che non vengono disegnati: serve un file con immagini (PNG, JPEG).</translation>
    </message>
    <message>
        <source>{name} is no file of map tiles (MBTiles or PMTiles 3).</source>
        <translation>{name} non è un file di tasselli di mappa (MBTiles o PMTiles 3).</translation>
    </message>
    <message>
        <source>{name} is packed in a way that is not read.</source>
        <translation>{name} è compresso in un modo che non si legge.</translation>
    </message>
    <message>
        <source>“{url}” is no address of a server (http or https).</source>
        <translation>«{url}» non è l’indirizzo di un server (http o https).</translation>
    </message>
    <message>
        <source>The address needs {places} where the tile is named.</source>
        <translation>L’indirizzo deve contenere {places} dove si indica il tassello.</translation>
    </message>
    <message>
        <source>A WMS needs the names of layers.</source>
        <translation>Un WMS richiede i nomi dei livelli.</translation>
    </message>
    <message>
        <source>The background cannot be fetched from {host} ({reason}); the map goes on without it.</source>
        <translation>Lo sfondo non si può ottenere da {host} ({reason}); la mappa prosegue senza.</translation>
    </message>
    <message>
        <source>A bookmark needs a name.</source>
        <translation>Un segnalibro deve avere un nome.</translation>
    </message>
    <message>
        <source>There is a bookmark “{name}” already.</source>
        <translation>Esiste già un segnalibro «{name}».</translation>
    </message>
    <message>
        <source>There is no bookmark “{name}”.</source>
        <translation>Non esiste il segnalibro «{name}».</translation>
    </message>
    <message>
        <source>The bookmark “{name}” has no extent.</source>
        <translation>Il segnalibro «{name}» non ha estensione.</translation>
    </message>
    <message>
        <source>Move node “{name}”</source>
        <translation>Sposta il nodo «{name}»</translation>
    </message>
    <message>
        <source>{table} are no points: reshape them instead</source>
        <translation>{table}: non sono punti, vanno rimodellati</translation>
    </message>
    <message>
        <source>Move “{name}” in {table}</source>
        <translation>Sposta «{name}» in {table}</translation>
    </message>
    <message>
        <source>{table} have no course to reshape</source>
        <translation>{table}: non c’è un tracciato da rimodellare</translation>
    </message>
    <message>
        <source>The area would cross itself.</source>
        <translation>L’area si incrocerebbe da sola.</translation>
    </message>
    <message>
        <source>Reshape “{name}” in {table}</source>
        <translation>Rimodella «{name}» in {table}</translation>
    </message>
    <message>
        <source>Node “{name}” is there already: merge the two instead</source>
        <translation>Lì c’è già il nodo «{name}»: i due vanno uniti</translation>
    </message>
    <message>
        <source>Span “{name}” has no course on the map</source>
        <translation>La tratta «{name}» non ha un tracciato sulla mappa</translation>
    </message>
    <message>
        <source>A span cannot end at the node that it leaves</source>
        <translation>Una tratta non può finire nel nodo da cui parte</translation>
    </message>
    <message>
        <source>{table} are not drawn by hand</source>
        <translation>{table}: non si disegnano a mano</translation>
    </message>
    <message>
        <source>Draw “{name}” in {table}</source>
        <translation>Disegna «{name}» in {table}</translation>
    </message>
    <message>
        <source>Draw an object in {table}</source>
        <translation>Disegna un oggetto in {table}</translation>
    </message>
    <message>
        <source>The line has no length.</source>
        <translation>La linea non ha lunghezza.</translation>
    </message>
    <message>
        <source>The node has no place on the map</source>
        <translation>Il nodo non ha posizione sulla mappa</translation>
    </message>
    <message>
        <source>Draw {count} spans</source>
        <translation>Disegna {count} tratte</translation>
    </message>
    <message>
        <source>Draw span from “{start}” to “{end}”</source>
        <translation>Disegna la tratta da «{start}» a «{end}»</translation>
    </message>
    <message>
        <source>This shape does not fit the table {table}</source>
        <translation>Questa forma non è adatta alla tabella {table}</translation>
    </message>
    <message>
        <source>That is one node, not two</source>
        <translation>È un solo nodo, non due</translation>
    </message>
    <message>
        <source>Span “{name}” runs between the two nodes</source>
        <translation>La tratta «{name}» collega i due nodi</translation>
    </message>
    <message>
        <source>Merge node “{other}” into “{name}”</source>
        <translation>Unisci il nodo «{other}» a «{name}»</translation>
    </message>
    <message>
        <source>Tie loose ends ({count})</source>
        <translation>Collega i capi liberi ({count})</translation>
    </message>
    <message>
        <source>A line needs two vertices, an area three.</source>
        <translation>A una linea servono due vertici, a un’area tre.</translation>
    </message>
    <message>
        <source>Draw across the object: the line must meet it twice.</source>
        <translation>Traccia attraverso l’oggetto: la linea deve incontrarlo due volte.</translation>
    </message>
    <message>
        <source>Split span “{name}”</source>
        <translation>Dividi la tratta «{name}»</translation>
    </message>
    <message>
        <source>Span “{name}” allows no joint</source>
        <translation>La tratta «{name}» non ammette giunzioni</translation>
    </message>
    <message>
        <source>Span “{name}” ends there: nothing to split</source>
        <translation>La tratta «{name}» finisce lì: non c’è nulla da dividere</translation>
    </message>
    <message>
        <source>Join spans “{name}” and “{other}”</source>
        <translation>Congiungi le tratte «{name}» e «{other}»</translation>
    </message>
    <message>
        <source>Reverse span “{name}”</source>
        <translation>Inverti la tratta «{name}»</translation>
    </message>
    <message>
        <source>Reverse {count} spans</source>
        <translation>Inverti {count} tratte</translation>
    </message>
    <message>
        <source>The spans do not meet at a node</source>
        <translation>Le tratte non si incontrano in un nodo</translation>
    </message>
    <message>
        <source>The spans make a ring: joined they would end at one node</source>
        <translation>Le tratte formano un anello: congiunte finirebbero nello stesso nodo</translation>
    </message>
    <message>
        <source>Other spans meet at node “{name}” too</source>
        <translation>Nel nodo «{name}» arrivano anche altre tratte</translation>
    </message>
    <message>
        <source>Node “{name}” is needed: it gives service or is named</source>
        <translation>Il nodo «{name}» serve: eroga servizio o altri oggetti lo citano</translation>
    </message>
    <message>
        <source>The spans differ in “{column}”: make them equal first</source>
        <translation>Le tratte differiscono in «{column}»: prima vanno rese uguali</translation>
    </message>
    <message>
        <source>Cable “{name}” ends between the spans</source>
        <translation>Il cavo «{name}» termina tra le due tratte</translation>
    </message>
    <message>
        <source>Plan “{name}” cannot be changed in the state “{state}”; withdraw it, or go on with a copy.</source>
        <translation>Il piano «{name}» non si può modificare nello stato «{state}»: ritirarlo, oppure proseguire con una copia.</translation>
    </message>
    <message>
        <source>The state of plan “{name}” changes by a step of the review, not by editing.</source>
        <translation>Lo stato del piano «{name}» cambia con un passo della verifica, non modificandolo a mano.</translation>
    </message>
    <message>
        <source>Revision {number} of plan “{name}” is a record and cannot be changed.</source>
        <translation>La revisione {number} del piano «{name}» è agli atti e non si può modificare.</translation>
    </message>
    <message>
        <source>Mend: {what}</source>
        <translation>Correzione: {what}</translation>
    </message>
    <message>
        <source>Empty references to objects that are not there</source>
        <translation>Svuota i riferimenti a oggetti che non ci sono</translation>
    </message>
    <message>
        <source>Read the words anew; the unknown become “other”, with a note</source>
        <translation>Rilegge le parole; quelle sconosciute diventano «altro», con una nota</translation>
    </message>
    <message>
        <source>Take areas that cross themselves apart</source>
        <translation>Scompone le aree che si intersecano da sole</translation>
    </message>
    <message>
        <source>Exchange latitude and longitude</source>
        <translation>Scambia latitudine e longitudine</translation>
    </message>
    <message>
        <source>Join ends to the one node that lies there</source>
        <translation>Unisce gli estremi all’unico nodo che si trova lì</translation>
    </message>
    <message>
        <source>Draw ends to their nodes over gaps of up to 10 m</source>
        <translation>Porta gli estremi ai loro nodi, per distanze fino a 10 m</translation>
    </message>
    <message>
        <source>Delete spans that lead from a node to itself</source>
        <translation>Elimina le tratte che vanno da un nodo a sé stesso</translation>
    </message>
    <message>
        <source>Measure the missing lengths on the map</source>
        <translation>Misura sulla mappa le lunghezze mancanti</translation>
    </message>
    <message>
        <source>Name the one node that lies at the site</source>
        <translation>Indica l’unico nodo che si trova presso la sede</translation>
    </message>
    <message>
        <source>Delete sites that are there twice, word for word</source>
        <translation>Elimina le sedi doppie, identiche in tutto</translation>
    </message>
    <message>
        <source>{count} of {table} are called “{name}”; choose by identifier</source>
        <translation>{count} elementi di {table} si chiamano «{name}»: indicare l’identificativo</translation>
    </message>
    <message>
        <source>“{text}” is no colour; write it as #0072b2.</source>
        <translation>«{text}» non è un colore; scriverlo come #0072b2.</translation>
    </message>
    <message>
        <source>Plans were priced with this list: {plans}. It stays as it is; a change of prices makes a new version of it.</source>
        <translation>Piani valorizzati con questo elenco: {plans}. L’elenco resta com’è; una modifica dei prezzi ne crea una nuova versione.</translation>
    </message>
    <message>
        <source>Submit plan “{name}”</source>
        <translation>Presentazione del piano «{name}»</translation>
    </message>
    <message>
        <source>Begin the review of plan “{name}”</source>
        <translation>Avvio della verifica del piano «{name}»</translation>
    </message>
    <message>
        <source>Approve plan “{name}”</source>
        <translation>Approvazione del piano «{name}»</translation>
    </message>
    <message>
        <source>Reject plan “{name}”</source>
        <translation>Respingimento del piano «{name}»</translation>
    </message>
    <message>
        <source>Withdraw plan “{name}”</source>
        <translation>Ritiro del piano «{name}»</translation>
    </message>
    <message>
        <source>Plan “{name}” is in the state “{state}”: “{step}” is not possible, only {legal}.</source>
        <translation>Il piano «{name}» è nello stato «{state}»: il passo «{step}» non è possibile, solo {legal}.</translation>
    </message>
    <message>
        <source>A rejection needs a reason.</source>
        <translation>Per respingere occorre una motivazione.</translation>
    </message>
    <message>
        <source>Plan “{name}” has no revision: it was not submitted.</source>
        <translation>Il piano «{name}» non ha revisioni: non è stato presentato.</translation>
    </message>
    <message>
        <source>Plan “{name}” is not what was submitted as revision {number}: it was changed by another program. Withdraw it and submit it again.</source>
        <translation>Il piano «{name}» non è quello presentato come revisione {number}: un altro programma lo ha modificato. Ritirarlo e presentarlo di nuovo.</translation>
    </message>
    <message>
        <source>The content of a revision cannot be read: {reason}</source>
        <translation>Il contenuto di una revisione non è leggibile: {reason}</translation>
    </message>
    <message>
        <source>{count} revisions do not have the content that was submitted</source>
        <translation>{count} revisioni non hanno il contenuto presentato</translation>
    </message>
    <message>
        <source>The file was changed by another program. Go back to a checkpoint, or submit again.</source>
        <translation>Un altro programma ha modificato il file. Tornare a un punto di ripristino o presentare di nuovo.</translation>
    </message>
    <message>
        <source>Another program changed it. Take its change back there, or withdraw the plan and submit it again.</source>
        <translation>Lo ha modificato un altro programma. Annullare lì la modifica, oppure ritirare il piano e presentarlo di nuovo.</translation>
    </message>
    <message>
        <source>Plan “{name}” is under review without a revision</source>
        <translation>Il piano «{name}» è in verifica senza una revisione</translation>
    </message>
    <message>
        <source>{count} rows of plan “{name}” are not what was submitted as revision {number}</source>
        <translation>{count} righe del piano «{name}» non sono quelle presentate come revisione {number}</translation>
    </message>
    <message>
        <source>{count} sites are there twice, the same in every column</source>
        <translation>{count} sedi sono doppie, uguali in tutte le colonne</translation>
    </message>
    <message>
        <source>Delete the second one; nothing refers to it.</source>
        <translation>Eliminare la seconda: nulla vi fa riferimento.</translation>
    </message>
    <message>
        <source>{column} is needed</source>
        <translation>{column}: serve un valore</translation>
    </message>
    <message>
        <source>“{text}” is no number; write it as {example}</source>
        <translation>«{text}» non è un numero: scrivere come {example}</translation>
    </message>
    <message>
        <source>{column} is a whole number</source>
        <translation>{column}: serve un numero intero</translation>
    </message>
    <message>
        <source>“{text}” is neither yes nor no</source>
        <translation>«{text}» non è né sì né no</translation>
    </message>
    <message>
        <source>{column} holds at most {count} characters</source>
        <translation>{column}: al massimo {count} caratteri</translation>
    </message>
    <message>
        <source>“{text}” is no date; write it as 31/12/2026 or 31/12/2026 14:30</source>
        <translation>«{text}» non è una data: scrivere come 31/12/2026 o 31/12/2026 14:30</translation>
    </message>
    <message>
        <source>{column} is not written by hand</source>
        <translation>{column} non si scrive a mano</translation>
    </message>
    <message>
        <source>“{text}” is no {column}; choose one of: {choices}</source>
        <translation>«{text}» non è ammesso per {column}; scegliere tra: {choices}</translation>
    </message>
    <message>
        <source>{column} lies between {low} and {high} {unit}</source>
        <translation>{column}: tra {low} e {high} {unit}</translation>
    </message>
    <message>
        <source>{column} is at least {low} {unit}</source>
        <translation>{column}: almeno {low} {unit}</translation>
    </message>
    <message>
        <source>{column} is at most {high} {unit}</source>
        <translation>{column}: al massimo {high} {unit}</translation>
    </message>
    <message>
        <source>An agreement has no {what}; known are {known}</source>
        <translation>Una convenzione non ha {what}; sono noti {known}</translation>
    </message>
    <message>
        <source>Agreement with {body}</source>
        <translation>Convenzione con {body}</translation>
    </message>
    <message>
        <source>There are {count} bodies called “{name}”, not one</source>
        <translation>Ci sono {count} enti di nome «{name}», non uno</translation>
    </message>
    <message>
        <source>The agreement names no body.</source>
        <translation>La convenzione non indica un ente.</translation>
    </message>
    <message>
        <source>The agreement has no date of signature.</source>
        <translation>La convenzione non ha data di firma.</translation>
    </message>
    <message>
        <source>Signed only on {day}.</source>
        <translation>Firmata solo il {day}.</translation>
    </message>
    <message>
        <source>Ended on {day}.</source>
        <translation>Scaduta il {day}.</translation>
    </message>
    <message>
        <source>The agreement is not in operation.</source>
        <translation>La convenzione non è operativa.</translation>
    </message>
    <message>
        <source>{code}: low, typical and high in this order</source>
        <translation>{code}: minimo, tipico e massimo in quest’ordine</translation>
    </message>
    <message>
        <source>Set {codes}</source>
        <translation>Imposta {codes}</translation>
    </message>
    <message>
        <source>Reset {codes}</source>
        <translation>Ripristina {codes}</translation>
    </message>
    <message>
        <source>{code} wants a number or LOW/TYPICAL/HIGH, not “{text}”</source>
        <translation>{code} vuole un numero o MINIMO/TIPICO/MASSIMO, non «{text}»</translation>
    </message>
    <message>
        <source>There is no assumption {code}; known are {known}</source>
        <translation>Non esiste l’ipotesi {code}; sono note {known}</translation>
    </message>
    <message>
        <source>{code} is from {least} to {most}, not {value}</source>
        <translation>{code} va da {least} a {most}, non {value}</translation>
    </message>
    <message>
        <source>A connected site of {body} has no guaranteed rate.</source>
        <translation>Una sede collegata di {body} non ha banda garantita.</translation>
    </message>
    <message>
        <source>No connected site is paid by {body}.</source>
        <translation>Nessuna sede collegata è a carico di {body}.</translation>
    </message>
    <message>
        <source>No residents are known of {body}.</source>
        <translation>Non sono noti i residenti di {body}.</translation>
    </message>
    <message>
        <source>No territory is known of {body}.</source>
        <translation>Non è noto il territorio di {body}.</translation>
    </message>
    <message>
        <source>Unknown key of contribution: {value}; known are {known}</source>
        <translation>Chiave di contributo ignota: {value}; sono note {known}</translation>
    </message>
    <message>
        <source>The sum to be shared is 0 euro or more.</source>
        <translation>L’importo da ripartire è 0 euro o più.</translation>
    </message>
    <message>
        <source>The key is unknown of {count} bodies, first {first}: they get no amount.</source>
        <translation>La chiave di {count} enti è ignota ({first}): non ricevono alcuna quota.</translation>
    </message>
    <message>
        <source>The amounts that agreements fix exceed the sum by {surplus_eur} EUR.</source>
        <translation>Gli importi fissati dalle convenzioni superano la somma di {surplus_eur} EUR.</translation>
    </message>
    <message>
        <source>Nobody can be found for {rest_eur} EUR: no body has a weight.</source>
        <translation>Per {rest_eur} EUR non c’è chi paghi: nessun ente ha un peso.</translation>
    </message>
    <message>
        <source>The territories of {count} municipalities are approximate; so are the metres of network in them.</source>
        <translation>I territori di {count} comuni sono approssimati; lo sono quindi anche i metri di rete.</translation>
    </message>
    <message>
        <source>The price list {list} lacks {count} items that the cost rules need: {codes}. Import them onto it as a new version.</source>
        <translation>All’elenco prezzi {list} mancano {count} voci che servono alle regole di costo: {codes}. Importarle su di esso come nuova versione.</translation>
    </message>
    <message>
        <source>line {line}, column {column}: {reason}</source>
        <translation>riga {line}, colonna {column}: {reason}</translation>
    </message>
    <message>
        <source>These are no cost rules: {reason}</source>
        <translation>Non sono regole di costo: {reason}</translation>
    </message>
    <message>
        <source>Add the default funding</source>
        <translation>Aggiungi il finanziamento iniziale</translation>
    </message>
    <message>
        <source>Funding {name}</source>
        <translation>Finanziamento {name}</translation>
    </message>
    <message>
        <source>There is no funding {name}.</source>
        <translation>Non esiste il finanziamento {name}.</translation>
    </message>
    <message>
        <source>Delete the funding {name}</source>
        <translation>Elimina il finanziamento {name}</translation>
    </message>
    <message>
        <source>A funding has an amount of 0 or more, years in their order, and a category among {known}</source>
        <translation>Un finanziamento ha un importo di 0 o più, anni in ordine e una categoria tra {known}</translation>
    </message>
    <message>
        <source>The correlation is from 0 to 1, not {value}</source>
        <translation>La correlazione va da 0 a 1, non {value}</translation>
    </message>
    <message>
        <source>The site “{uid}” is connected or has no position.</source>
        <translation>La sede «{uid}» è già collegata o non ha posizione.</translation>
    </message>
    <message>
        <source>Plan “{name}” is accepted or under review and cannot be edited.</source>
        <translation>Il piano «{name}» è accettato o in esame e non si può modificare.</translation>
    </message>
    <message>
        <source>Route of “{site}” in plan “{name}” by hand</source>
        <translation>Tracciato a mano di «{site}» nel piano «{name}»</translation>
    </message>
    <message>
        <source>Every site of the plan {name} has two routes. Set conditions and let it be planned again instead.</source>
        <translation>Ogni sede del piano {name} ha due percorsi. Impostare invece le condizioni e ricalcolare il piano.</translation>
    </message>
    <message>
        <source>No usable street is near the site “{uid}”.</source>
        <translation>Nessuna via utilizzabile è vicina alla sede «{uid}».</translation>
    </message>
    <message>
        <source>No usable street is near this place.</source>
        <translation>Nessuna via utilizzabile è vicina a questo punto.</translation>
    </message>
    <message>
        <source>No street leads from here to the network.</source>
        <translation>Nessuna via porta da qui alla rete.</translation>
    </message>
    <message>
        <source>No street leads from one stop to the next.</source>
        <translation>Nessuna via porta da una tappa alla successiva.</translation>
    </message>
    <message>
        <source>The route cannot be led along “{uid}” from end to end.</source>
        <translation>Il tracciato non può percorrere «{uid}» da un capo all’altro.</translation>
    </message>
    <message>
        <source>{rows} rows of {columns} columns were copied, but from here there are only {rows_left} rows and {columns_left} columns</source>
        <translation>Sono state copiate {rows} righe di {columns} colonne, ma da qui ci sono solo {rows_left} righe e {columns_left} colonne</translation>
    </message>
    <message>
        <source>Paste {count} values into {column} of {table}</source>
        <translation>Incolla {count} valori in {column} di {table}</translation>
    </message>
    <message>
        <source>Paste {count} rows of {columns} columns into {table}</source>
        <translation>Incolla {count} righe di {columns} colonne in {table}</translation>
    </message>
    <message>
        <source>Row {row} of what was copied, {column}: {fault}</source>
        <translation>Riga {row} di quanto copiato, {column}: {fault}</translation>
    </message>
    <message>
        <source>No usable street within {reach_m} m of place {n}</source>
        <translation>Nessuna strada utilizzabile entro {reach_m} m dal punto {n}</translation>
    </message>
    <message>
        <source>No street leads from place {n} to the next</source>
        <translation>Nessuna strada porta dal punto {n} al successivo</translation>
    </message>
    <message>
        <source>“{text}” is not LON,LAT in degrees</source>
        <translation>«{text}» non è LON,LAT in gradi</translation>
    </message>
    <message>
        <source>“{text}” lies nowhere</source>
        <translation>«{text}» non è in alcun luogo</translation>
    </message>
    <message>
        <source>“{rule}” has no safe mend; there is one for: {rules}</source>
        <translation>«{rule}» non ha una correzione sicura; ce n’è una per: {rules}</translation>
    </message>
    <message>
        <source>Contributions need a sum, or a plan to pay.</source>
        <translation>I contributi richiedono un importo o un piano da pagare.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}</source>
        <translation>{file} non si può leggere: {reason}</translation>
    </message>
    <message>
        <source>Columns were read as in the last import: {pairs}</source>
        <translation>Le colonne sono state lette come nell’ultima importazione: {pairs}</translation>
    </message>
    <message>
        <source>Name the columns anew to read them otherwise.</source>
        <translation>Indicare di nuovo le colonne per leggerle diversamente.</translation>
    </message>
    <message>
        <source>{count} remarks begin with {uid}; give a whole uid.</source>
        <translation>{count} osservazioni cominciano con {uid}: indicare l’identificativo completo.</translation>
    </message>
    <message>
        <source>There is no object {uid}.</source>
        <translation>Non esiste l’oggetto {uid}.</translation>
    </message>
    <message>
        <source>{option} wants LON,LAT in degrees, not “{value}”</source>
        <translation>{option} vuole LON,LAT in gradi, non «{value}»</translation>
    </message>
    <message>
        <source>A trace needs two places</source>
        <translation>A un tracciato servono due punti</translation>
    </message>
    <message>
        <source>The plan is out of date: its inputs have changed.</source>
        <translation>Il piano non è aggiornato: i dati di partenza sono cambiati.</translation>
    </message>
    <message>
        <source>The plan is approved while remarks on it are open.</source>
        <translation>Il piano è approvato con osservazioni ancora aperte.</translation>
    </message>
    <message>
        <source>The plan is approved by who submitted it.</source>
        <translation>Il piano è approvato da chi lo ha presentato.</translation>
    </message>
    <message>
        <source>There is no earlier revision to compare plan “{name}” with.</source>
        <translation>Non c’è una revisione precedente con cui confrontare il piano «{name}».</translation>
    </message>
    <message>
        <source>Plan “{name}” has no revision {number}; there are: {numbers}.</source>
        <translation>Il piano «{name}» non ha la revisione {number}; esistono: {numbers}.</translation>
    </message>
    <message>
        <source>Revision {number} of plan “{name}” is not what was submitted.</source>
        <translation>La revisione {number} del piano «{name}» non è quella presentata.</translation>
    </message>
    <message>
        <source>The prices are not the same: part of the difference in cost comes from them.</source>
        <translation>I prezzi non sono gli stessi: parte della differenza di costo dipende da questi.</translation>
    </message>
    <message>
        <source>There is no street or conduit “{uid}”.</source>
        <translation>Non esiste la via o tubazione «{uid}».</translation>
    </message>
    <message>
        <source>“{text}” is no place; give LON,LAT.</source>
        <translation>«{text}» non è un luogo; indicare LON,LAT.</translation>
    </message>
</context>
</TS>
